// Walks the newcomer's path through a running server in a real browser:
//   node walk.mjs URL FOLDER-FOR-SCREENSHOTS
// It changes the server's register and takes its changes back. Ends with 1 and a list when anything is wrong.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { base, finish, look, open, PHONE, see, shots, WIDE, wrong } from './page.mjs';
import { addRows } from './workbook.mjs';

const json = async (path) => (await fetch(base + path)).json();

/** Baselines and targets such that some indicators are on track and some are not. */
async function goals(plan) {
  const tracking = await json(`/api/v1/tracking/${plan}`);
  const rows = [];
  let n = 0;
  for (const row of tracking.rows.filter((r) => r.breakdown === '')) {
    const values = row.cells.map((c) => c.figure?.value).filter((v) => typeof v === 'number');
    if (values.length < 2 || rows.some((r) => r.indicator === row.indicator)) continue;
    const [first, last] = [values[0], values.at(-1)];
    if (first === last) continue;
    // Every second target is half as far again as what was reached.
    const target = n % 2 === 0 ? last : last + (last - first) / 2;
    rows.push({ indicator: row.indicator, kind: 'baseline', on: '2013-12-31', value: Number(first.toFixed(2)) });
    rows.push({ indicator: row.indicator, kind: 'target', on: '2019-12-31', value: Number(target.toFixed(2)) });
    n += 1;
  }
  assert.ok(rows.length >= 4, 'the plan has indicators with values');
  return rows;
}

/** From the overview to a confirmed import, a figure's source, and back. */
async function newcomer() {
  const page = await open(WIDE);
  await see(page, '/', '01-overview');
  const plan = /\/plans\/([^/?]+)\/tree/.exec((await page.getAttribute('.tabs a[href*="/tree"]', 'href')) ?? '')[1];
  assert.match(await page.textContent('h1'), /2014/, 'the first plan to see is that of 2014–2019');

  await page.click('.steps li:nth-child(1) a');
  await look(page, '02-why-it-fails');
  assert.ok((await page.locator('.finding').count()) > 0, 'the checker says why');
  assert.ok((await page.locator('.remedy').count()) > 0, 'and what to do');
  await page.locator('h2 a.code').first().click();
  await look(page, '03-code');

  await page.goto(`${base}/plans/${plan}`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('.steps li:nth-child(2) a')]);
  const file = join(tmpdir(), `walk-${process.pid}.xlsx`);
  await download.saveAs(file);
  const before = await json(`/api/v1/tracking/${plan}`);
  writeFileSync(file, addRows(new Uint8Array(readFileSync(file)), 'targets', await goals(plan)));

  await page.click('.steps li:nth-child(3) a');
  await look(page, '04-import');
  await page.setInputFiles('input[type=file]', file);
  await page.click('form.drop button');
  await page.waitForURL(/\/import\/./);
  await look(page, '05-differences');
  assert.equal(await page.locator('.tally-box.bad dd').textContent(), '0', 'nothing is refused');
  assert.ok(Number(await page.locator('.tally-box.good dd').textContent()) >= 4, 'rows are added');
  assert.equal(await page.locator('.tally-box.warn dd').textContent(), '0', 'nothing else changed');

  await page.click('form[action$="/confirm"] button');
  await page.waitForURL(/\/changes\/\d+/);
  const change = page.url();
  await look(page, '06-change');

  await see(page, `/plans/${plan}`, '07-lights');
  const lit = page.locator('.tile.on-track, .tile.achieved, .tile.at-risk, .tile.off-track');
  assert.ok((await lit.count()) > 0, 'the traffic lights appear');
  await page.click('.tabs a[href*="/tracking"]');
  await look(page, '08-tracking');
  assert.ok((await page.locator('.tracking .status.on-track, .tracking .status.achieved').count()) > 0);
  await page.locator('.tracking a.f[href^="/figures/"]').first().click();
  await look(page, '09-figure');
  assert.ok((await page.locator('.formula').count()) > 0, 'the formula is there');
  await page.locator('a[href^="/records/source/"], a[href^="/records/observation/"]').first().click();
  await look(page, '10-source');
  await see(page, `/indicators/${before.rows[0].indicator}`, '11-indicator');
  await see(page, `/results/${before.rows[0].result}`, '12-result');

  await page.goto(change);
  await page.click('section.undo button');
  await page.waitForURL((to) => to.href !== change && /\/changes\/\d+/.test(to.href));
  await look(page, '13-undone');
  assert.deepEqual(await json(`/api/v1/tracking/${plan}`), before, 'everything is as it was');
  await page.context().close();
  return { plan, indicator: before.rows[0].indicator, result: before.rows[0].result };
}

/** The entry grid by keyboard alone. */
async function keyboard(indicator) {
  const page = await open(WIDE);
  await page.goto(`${base}/entry?indicator=${indicator}&periods=2021,2022,2023`);
  const at = (line, column) => page.locator('tr[data-row]').nth(line).locator('input.value').nth(column);
  for (let i = 0; i < 200 && !(await page.evaluate(() => document.activeElement?.matches('input.value'))); i += 1) await page.keyboard.press('Tab');
  assert.ok(await at(0, 0).evaluate((cell) => cell === document.activeElement), 'Tab reaches the first cell');
  const kept = await at(0, 0).inputValue();
  await page.keyboard.type('41.5');
  await page.keyboard.press('Escape');
  assert.equal(await at(0, 0).inputValue(), kept, 'Esc takes the typing back');
  await page.keyboard.type('41.5');
  await page.keyboard.press('Enter');
  assert.ok(await at(1, 0).evaluate((cell) => cell === document.activeElement), 'Enter moves down');
  assert.match(await at(0, 0).getAttribute('class'), /unsaved/);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('F2');
  await page.keyboard.press('End');
  await page.keyboard.type('5');
  await page.keyboard.press('Tab');
  assert.equal(await at(0, 0).inputValue(), '41.55', 'F2 edits what is there');
  assert.ok(await at(0, 1).evaluate((cell) => cell === document.activeElement), 'Tab moves on');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', '42.5\t43.5\n44.5\t45.5\n');
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  assert.deepEqual([await at(0, 1).inputValue(), await at(0, 2).inputValue(), await at(1, 1).inputValue()], ['42.5', '43.5', '44.5'], 'a block is pasted');
  await look(page, '14-entry-unsaved');
  for (const [line, column] of [[0, 2], [1, 1], [1, 2]]) {
    await at(line, column).focus();
    await page.keyboard.press('Escape');
  }
  await at(0, 1).focus();
  await page.keyboard.type('many');
  await page.keyboard.press('Control+s');
  await page.locator('input.value.refused').waitFor();
  await look(page, '15-entry-refused');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+s');
  await page.locator('[data-state] a').waitFor();
  await look(page, '16-entry-saved');
  await page.click('[data-state] a');
  await page.click('section.undo button');
  await page.waitForLoadState();
  await page.context().close();
}

/** The same pages in other languages, widths and colours, and without script. */
async function everywhere({ plan, indicator, result }) {
  const worldwide = new Set((await json('/api/v1/status')).plans.flatMap((p) => p.figures).filter((f) => f.scope === 'global').map((f) => f.indicator));
  let world = { indicator, n: -1 };
  for (const id of worldwide) {
    const n = (await (await fetch(`${base}/map/${encodeURIComponent(id)}`)).text()).split('<circle').length;
    if (n > world.n) world = { indicator: id, n };
  }
  const pages = [
    ['overview', '/'],
    ['tree', `/plans/${plan}/tree`],
    ['tracking', `/plans/${plan}/tracking`],
    ['check', `/plans/${plan}/check`],
    ['duties', `/plans/${plan}/duties`],
    ['report', `/plans/${plan}/report`],
    ['indicator', `/indicators/${indicator}`],
    ['result', `/results/${result}`],
    ['map', `/map/${world.indicator}`],
    ['entry', `/entry?indicator=${indicator}`],
    ['import', '/import'],
    ['changes', '/changes'],
    ['records', '/records'],
    ['indicators', '/records/indicators'],
    ['history', `/history/indicator/${indicator}`],
    ['search', '/search?q=slum'],
    ['codes', '/codes'],
    ['about', '/about'],
    ['api', '/api'],
    ['outlook', '/outlook?of=BGD&aim=30'],
  ];
  // Three languages beside each other: the browser has a process for each page.
  const through = async (lang) => {
    for (const [size, viewport] of [['wide', WIDE], ['phone', PHONE]]) {
      const page = await open(viewport, { locale: lang });
      for (const [name, path] of pages) await see(page, path, `${lang}-${size}-${name}`);
      await page.context().close();
    }
  };
  await Promise.all(['en', 'ar', 'zh'].map(through));
  const dark = await open(WIDE, { colorScheme: 'dark' });
  for (const [name, path] of pages.slice(0, 9)) await see(dark, path, `dark-${name}`);
  await dark.context().close();
  const plain = await open(WIDE, { javaScriptEnabled: false });
  for (const [, path] of pages) {
    const answer = await plain.goto(base + path);
    if (!answer?.ok()) wrong.push(`without script ${path}: ${answer?.status()}`);
  }
  await plain.context().close();

  const page = await open(WIDE);
  await page.goto(base);
  for (const [lang, dir] of [['zh', 'ltr'], ['ar', 'rtl'], ['en', 'ltr']]) {
    await page.click(`.langs a[lang=${lang}]`);
    assert.equal(await page.getAttribute('html', 'lang'), lang);
    assert.equal(await page.getAttribute('html', 'dir'), dir);
  }
  await see(page, '/?as_of=2100-01-01', '17-past');
  assert.ok(await page.locator('.banner.past').isVisible(), 'the past is marked');
  await page.context().close();
}

/** A survey from its files to the plan's indicator, with what was mended in between. */
async function survey() {
  const page = await open(WIDE);
  await see(page, '/surveys', '20-surveys');
  await page.click('form[action="/surveys/sample"] button');
  await page.waitForURL(/codebook\?loaded=1$/);
  await look(page, '21-codebook');
  const path = new URL(page.url()).pathname.replace('/codebook', '');
  await page.click('details:has([name="a~water~61"]) summary');
  await page.selectOption('[name="a~water~61"]', 'surface');
  await page.click('form[action$="/codebook"] button.first');
  await page.waitForURL(/saved=1$/);
  await page.goto(base + path);
  await page.check('[name=by][value=sex]');
  await page.check('[name=by][value=place]');
  await page.click('form.filters button.first');
  await look(page, '22-survey');
  assert.equal(await page.locator('main tbody tr').count(), 18, 'all, two sexes, five districts, ten of both');
  await page.click('form[action$="/publish"] button.first');
  await page.waitForURL(/published=/);
  await page.click('.banner.saved a >> nth=1');
  assert.match(await page.textContent('main'), /2026-S1/, 'the indicator shows the period of the survey');
  await look(page, '23-measured');
  await page.context().close();
  for (const lang of ['ar', 'zh']) {
    const phone = await open(PHONE, { locale: lang });
    await see(phone, `${path}?by=sex&by=place`, `24-survey-${lang}-phone`);
    await see(phone, `${path}/codebook`, `25-codebook-${lang}-phone`);
    await phone.context().close();
  }
}

/** Maps: the keyboard goes through the world, and a place's map moves where there is WebGL. */
async function maps() {
  for (const [lang, first] of [['en', 'South Sudan'], ['ar', 'جنوب السودان'], ['zh', '南苏丹']]) {
    for (const [size, viewport] of [['wide', WIDE], ['phone', PHONE]]) {
      const page = await open(viewport, { locale: lang });
      await page.goto(`${base}/map/I-SDG11-1-1`);
      await page.focus('[data-map]');
      await page.keyboard.press('ArrowDown');
      const said = () => page.textContent('[data-said]');
      assert.ok((await said()).startsWith(first), `${lang}: ${await said()}`);
      assert.equal(await page.locator('.ring').count(), 2, 'the place is ringed');
      await page.keyboard.press('ArrowDown');
      assert.ok(!(await said()).startsWith(first), 'the next place is announced');
      await page.keyboard.press('Escape');
      assert.equal(await said(), '');
      await look(page, `30-world-${lang}-${size}`);
      await page.goto(`${base}/places/KEN-nairobi`);
      await page.waitForSelector('.city-map.is-live canvas');
      await page.selectOption('[data-goto]', '1');
      await page.waitForSelector('.maplibregl-popup-content');
      await page.uncheck('input[data-layer=cities]');
      await look(page, `31-where-${lang}-${size}`);
      await page.context().close();
    }
  }
  const page = await open(WIDE);
  await page.goto(`${base}/map/I-SDG11-1-1`);
  await page.focus('[data-map]');
  await page.keyboard.press('ArrowDown');
  await Promise.all([page.waitForURL(/\/figures\//), page.keyboard.press('Enter')]);

  // From the first place to the last one, each is announced once, in the order that the table was put in.
  await page.goto(`${base}/map/I-SDG11-1-1`);
  await page.focus('button.sort[name=sort]');
  await page.keyboard.press('Enter');
  assert.match(page.url(), /sort=name/);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent?.trim()), 'Place', 'the focus stays');
  assert.equal(await page.locator('th[aria-sort=ascending]').innerText().then((text) => text.trim()), 'Place');
  await page.evaluate(() => {
    window.told = [];
    const line = document.querySelector('[data-said]');
    new MutationObserver(() => window.told.push(line.textContent)).observe(line, { childList: true, characterData: true, subtree: true });
  });
  const rows = await page.$$eval('tr[data-place]', (all) => all.map((row) => row.dataset.say));
  assert.ok(rows.length > 150 && rows[0].startsWith('Afghanistan'), rows[0]);
  await page.focus('[data-map]');
  for (let at = 0; at < rows.length; at++) await page.keyboard.press('ArrowDown');
  assert.deepEqual(await page.evaluate(() => window.told), rows);
  // The same order comes from the server where there is no script.
  const plain = await open(WIDE, { javaScriptEnabled: false });
  await plain.goto(`${base}/map/I-SDG11-1-1`);
  await plain.locator('button.sort').first().click();
  assert.match(plain.url(), /sort=name#values$/);
  assert.equal(await plain.locator('tbody th').first().innerText(), 'Afghanistan');
  assert.equal(await plain.locator('button[data-png]').first().isVisible(), false, 'what needs a script is not offered');
  await plain.context().close();
  await saves(page, `${base}/map/I-SDG11-1-1`, 0, 'I-SDG11-1-1.png');
  await saves(page, `${base}/places/KEN-nairobi?lang=ar`, 0, 'KEN-nairobi-where.png');
  await page.context().close();
}

/** A map is saved as a picture by the keyboard: a PNG that is not one colour. */
async function saves(page, address, number, name) {
  await page.goto(address);
  const button = page.locator('button[data-png]').nth(number);
  await button.focus();
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.equal(file.suggestedFilename(), name);
  const bytes = readFileSync(await file.path());
  assert.deepEqual([...bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  const [wide, high] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  assert.ok(wide > 1400 && high > 800, `${wide} × ${high}`);
  assert.ok(bytes.length > 30_000, `${bytes.length} bytes for ${wide} × ${high}: an empty sheet`);
  await page.locator('figcaption [role=status]').first().waitFor();
}

const place = await newcomer();
await keyboard(place.indicator);
await everywhere(place);
await maps();
await survey();
await finish();
