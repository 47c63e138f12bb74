// Writes the licences of what is bundled with the map drawer into the file that ships beside it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const of = (name) => {
  const folder = `node_modules/${name}`;
  if (!existsSync(folder)) return '';
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : '';
  return `${name} ${version} (${license})\n\n${text}\n`;
};
const { dependencies } = JSON.parse(readFileSync('node_modules/maplibre-gl/package.json', 'utf8'));
const bundled = Object.keys(dependencies).filter((name) => !name.startsWith('@types/')).sort();
writeFileSync('../crates/web/assets/maplibre-licences.txt', ['maplibre-gl', ...bundled].map(of).filter(Boolean).join(`\n${'-'.repeat(72)}\n\n`));
