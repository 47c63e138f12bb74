// Adds rows to one sheet of a downloaded workbook, as a person would below its last row. Everything else in
// the file stays as it is, byte for byte inside of the archive.

import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const unescape = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&');

/** The part of the archive that holds a sheet. */
function partOf(files, sheet) {
  const book = strFromU8(files['xl/workbook.xml']);
  const id = new RegExp(`<sheet name="${sheet}"[^>]*r:id="([^"]+)"`).exec(book)?.[1];
  if (!id) throw new Error(`the workbook has no sheet ${sheet}`);
  const links = strFromU8(files['xl/_rels/workbook.xml.rels']);
  const link = links.match(/<Relationship [^>]*>/g).find((r) => r.includes(`Id="${id}"`));
  return `xl/${/Target="([^"]+)"/.exec(link)[1]}`;
}

function sharedTexts(files) {
  const part = files['xl/sharedStrings.xml'];
  if (!part) return [];
  const items = strFromU8(part).match(/<si>.*?<\/si>|<si\/>/gs) ?? [];
  return items.map((item) => unescape([...item.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map((t) => t[1]).join('')));
}

/** Rows are objects by column name; numbers become number cells, everything else text. */
export function addRows(bytes, sheet, rows) {
  const files = unzipSync(bytes);
  const part = partOf(files, sheet);
  const texts = sharedTexts(files);
  const xml = strFromU8(files[part]);
  const columns = new Map();
  const header = /<row r="1"[^>]*>(.*?)<\/row>/s.exec(xml)[1];
  for (const cell of header.matchAll(/<c r="([A-Z]+)1"[^>]*t="(\w+)"[^>]*>(.*?)<\/c>/gs)) {
    const [, letters, type, inner] = cell;
    const raw = /<(?:v|t)[^>]*>(.*?)<\/(?:v|t)>/s.exec(inner)?.[1] ?? '';
    columns.set(type === 's' ? texts[Number(raw)] : unescape(raw), letters);
  }
  const order = (letters) => [...letters].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0);
  let last = Math.max(...[...xml.matchAll(/<row r="(\d+)"/g)].map((m) => Number(m[1])));
  const added = rows.map((row) => {
    last += 1;
    const cells = Object.entries(row).map(([name, value]) => {
      const letters = columns.get(name);
      if (!letters) throw new Error(`the sheet ${sheet} has no column ${name}`);
      const at = `${letters}${last}`;
      const cell = typeof value === 'number' ? `<c r="${at}"><v>${value}</v></c>` : `<c r="${at}" t="inlineStr"><is><t>${escape(value)}</t></is></c>`;
      return [order(letters), cell];
    });
    cells.sort((a, b) => a[0] - b[0]);
    return `<row r="${last}">${cells.map(([, cell]) => cell).join('')}</row>`;
  });
  files[part] = strToU8(xml.replace('</sheetData>', `${added.join('')}</sheetData>`));
  return zipSync(files);
}
