// Goes from the shipped grids to the plan as a newcomer does: boundaries, urban centres on a map, land consumption, access, all
// published and found again; then the same pages in Arabic on a phone and in Chinese:
//   node space.mjs URL FOLDER-FOR-SCREENSHOTS
// It changes the server's register and takes its changes back. Ends with 1 and a list when anything is wrong.

import assert from 'node:assert/strict';

import { base, finish, look, open, PHONE, see, WIDE, wrong } from './page.mjs';

/** The changes that were made, the last one first. */
const changes = [];
const remember = async (page) => {
  const link = page.locator('.banner.saved a').first();
  changes.unshift(Number((await link.getAttribute('href')).match(/\d+/)[0]));
};

/** Begins a computation with the exercise files and waits for its answer. */
async function compute(page, method, name) {
  await page.goto(`${base}/analyses`);
  const form = page.locator(`form[action="/analyses/sample"]:has(input[value="${method}"])`);
  await page.locator(`details:has(form[action="/analyses/sample"] input[value="${method}"]) > summary`).first().click();
  await form.locator('button').click();
  await page.waitForURL(/\/analyses\/jobs\//);
  // The page comes again by itself when the job is done.
  await page.waitForSelector('form[action$="/publish"]', { timeout: 60_000 });
  await look(page, name);
}

/** Looks at what a file of boundaries would write, and writes it. */
async function confirm(page, name) {
  await page.waitForURL(/\/boundaries\/import\//);
  await look(page, name);
  await page.locator('form[action$="/confirm"] button.first').click();
  await page.waitForSelector('.banner.saved');
  await remember(page);
}

async function publish(page) {
  await page.locator('form[action$="/publish"] button.first').click();
  await page.waitForSelector('.banner.saved');
  await remember(page);
}

const page = await open(WIDE);
await see(page, '/boundaries', 'space-01-boundaries');
await page.locator('form[action="/boundaries/sample"] button').click();
await page.waitForURL(/\/boundaries\/import\//);
// Nothing is written before somebody looked: four versions, one of them larger than the one before.
const shown = await page.locator('main').innerText();
assert.match(shown, /\+29\.2 %/);
assert.equal(await page.locator('svg.outlines path.new').count(), 4);
const preview = new URL(page.url()).pathname;
for (const [lang, words] of [['ar', /اكتب هذه الحدود/], ['zh', /写入这些边界/]]) {
  const phone = await open(PHONE, { locale: lang });
  await see(phone, `${preview}?lang=${lang}`, `space-011-preview-${lang}`);
  assert.match(await phone.locator('main').innerText(), words);
  await phone.context().close();
}
await page.goto(`${base}/boundaries`);
assert.equal(await page.locator('tbody tr').count(), 0, 'nothing is written yet');
await page.goto(base + preview);
await confirm(page, 'space-010-preview');
assert.equal(await page.locator('tbody tr').count(), 4, 'four versions of three cities');
await see(page, '/analyses', 'space-02-empty');

await compute(page, 'degree_of_urbanisation', 'space-03-urbanisation');
const largest = page.locator('table:not([data-sortable])').first().locator('tbody tr').first();
assert.match(await largest.innerText(), /Nairobi\s+4,8\d\d,\d{3}/, 'the largest urban centre with its people');
const job = page.url();
await publish(page);

await compute(page, 'land', 'space-04-land');
assert.match(await page.locator('main').innerText(), /Land grows faster than people/);
await publish(page);
await compute(page, 'access', 'space-05-access');
await publish(page);

// The plan's page and the city's profile have them.
await see(page, '/indicators/I-2629-X9', 'space-06-indicator');
assert.match(await page.locator('main').innerText(), /61\.28/);
await see(page, '/places/KEN-nairobi', 'space-07-city');
const words = await page.locator('main').innerText();
assert.match(words, /61\.28/, 'access');
assert.match(words, /Land consumption of supported cities/, 'land');
assert.ok((await page.locator('figure.city-map').count()) >= 2, 'where it lies, and what was found there');
// The map that moves comes when it is looked at.
const map = page.locator('figure.city-map').nth(1);
await map.scrollIntoViewIfNeeded();
await map.locator('canvas.maplibregl-canvas').waitFor({ timeout: 30_000 });
// The country's map has names on it, this one a table and files.
await page.locator('figure.city-map .city-names span:not([hidden])').first().waitFor({ state: 'attached' });
assert.match(await page.locator('figure.city-map').first().locator('.city-names').textContent(), /Nairobi/);
assert.match(await map.locator('details.map-table').textContent(), /People by what they reach on foot/);
assert.equal(await map.locator('a[href$="/maps/sp.svg"], a[href$="/maps/sp.csv"]').count(), 2);
assert.ok((await map.locator('a[href$="boundaries.geojson"]').count()) === 1);
const stops = map.locator('[data-layer=stops]');
await stops.uncheck();
assert.equal(await stops.isChecked(), false);
await see(page, '/places/KEN', 'space-08-country');
assert.ok((await page.locator('a[href*="/places/KEN-thika"]').count()) > 0, 'an urban centre became a city');

// Whoever clicks a figure comes to the computation behind it.
await page.goto(`${base}/places/KEN-nairobi`);
await page.locator('a[href*="/figures/"][href*="I-2629-X9"]').first().click();
await page.locator('a[href*="/analyses/access-KEN-nairobi-2025"]').first().click();
await page.waitForURL(/\/analyses\/access-KEN-nairobi-2025/);
await look(page, 'space-09-analysis');

// A boundary that moves shows the figures that it left behind.
const ring = '[36.6,-1.5],[37.2,-1.5],[37.2,-1.0],[36.6,-1.0],[36.6,-1.5]';
const moved = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"place":"KEN-nairobi","valid_from":"2024-01-01"},"geometry":{"type":"Polygon","coordinates":[[${ring}]]}}]}`;
await page.goto(`${base}/boundaries`);
await page.setInputFiles('form[action="/boundaries"] input[type=file]', { name: 'moved.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(moved) });
await page.locator('form[action="/boundaries"] button.first').click();
await confirm(page, 'space-101-moved');
await see(page, '/analyses', 'space-10-outdated');
for (const id of ['degurba-KEN-2025', 'land-KEN-2025']) {
  assert.equal(await page.locator(`.card a[href$="/analyses/${id}"]`).count(), 1, 'the card leads to its computation');
}
assert.equal(await page.locator('form[action$="/again"]').count(), 2, 'people and land can be computed again');
// A file that is none is refused with what was expected.
await page.goto(`${base}/boundaries`);
await page.setInputFiles('form[action="/boundaries"] input[type=file]', { name: 'not.gpkg', mimeType: 'application/octet-stream', buffer: Buffer.from('not a file of boundaries') });
await page.locator('form[action="/boundaries"] button.first').click();
await page.waitForURL(/\/boundaries\/import\//);
assert.match(await page.locator('.banner.refused').innerText(), /cannot be taken/);
assert.match(await page.locator('ul.found').innerText(), /not\.gpkg/);
// A file that says no day waits here until one is given.
const same = moved.replace(',"valid_from":"2024-01-01"', '');
await page.goto(`${base}/boundaries`);
await page.setInputFiles('form[action="/boundaries"] input[type=file]', { name: 'same.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(same) });
await page.locator('form[action="/boundaries"] button.first').click();
await page.waitForURL(/\/boundaries\/import\//);
await look(page, 'space-11-no-day');
assert.equal(await page.locator('[name=valid_from]').getAttribute('aria-invalid'), 'true');
await page.fill('[name=valid_from]', '2024-01-01');
await page.locator('form[action="/boundaries"] button.first').click();
await page.waitForSelector('table.lines');
assert.match(await page.locator('main').innerText(), /nothing would change/);
// A computation that cannot be: what was entered stands there again, and the file need not be sent twice.
await page.goto(`${base}/analyses`);
await page.locator('details#degree-of-urbanisation > summary').click();
await page.fill('#degree-of-urbanisation [name=place]', 'Atlantis');
await page.fill('#degree-of-urbanisation [name=period]', '2025');
await page.setInputFiles('#degree-of-urbanisation [name=population]', { name: 'people.tif', mimeType: 'image/tiff', buffer: Buffer.from('II*') });
await page.locator('#degree-of-urbanisation form.drop button.first').click();
await page.waitForSelector('.banner.refused');
await look(page, 'space-12-refused');
assert.equal(await page.inputValue('#degree-of-urbanisation [name=place]'), 'Atlantis');
assert.match(await page.locator('#degree-of-urbanisation').innerText(), /people\.tif is kept here/);
// The browser complains of the refusal that this walk asked for.
wrong.splice(0, wrong.length, ...wrong.filter((w) => !w.includes('status of 4')));

const others = [
  [await open(PHONE, { locale: 'ar' }), 'ar'],
  [await open(PHONE, { locale: 'zh' }), 'zh'],
];
await Promise.all(
  others.map(async ([page, lang]) => {
    for (const [at, path] of ['/analyses', new URL(job).pathname, '/boundaries', '/places/KEN-nairobi'].entries()) {
      await see(page, `${path}?lang=${lang}`, `space-2${at}-${lang}`);
    }
  }),
);

// Everything goes back, and the jobs with it.
for (const change of changes) {
  await page.goto(`${base}/changes/${change}`);
  const undo = page.locator(`form[action="/changes/${change}/undo"]`);
  await undo.locator('[name=reason]').fill('walk');
  await undo.locator('button').click();
  await page.waitForLoadState();
}
for (const id of ['degurba-KEN-2025', 'land-KEN-2025', 'access-KEN-nairobi-2025']) {
  await page.goto(`${base}/analyses/jobs/${id}`);
  await page.locator('a[href$="/remove"]').click();
  await page.waitForURL(/\/remove$/);
  if (id === 'degurba-KEN-2025') await look(page, 'space-30-remove');
  await page.locator('form[method=post][action$="/remove"] button').click();
  await page.waitForURL(/\/analyses\?removed=/);
}
await finish();
