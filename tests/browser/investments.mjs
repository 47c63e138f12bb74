// Imports a list of investments and a functional area as a planner does, ranks them with other weights, finds them on the map and
// on the pages of their places, in three languages; then takes all of it back:
//   node investments.mjs URL FOLDER-FOR-SCREENSHOTS

import assert from 'node:assert/strict';

import { base, finish, look, open, PHONE, see, WIDE } from './page.mjs';

const tables = {
  'observations.csv': `indicator,place,period,scope,value
I-SDG11-2-1,KEN-nairobi,2024,global,41
I-SDG11-2-1,KEN-mombasa,2024,global,55
I-SDG11-2-1,KEN-kisumu,2023,global,30
I-SDG11-2-1,UGA-kampala,2024,global,35
`,
  'investments.csv': `id,title_en,place,longitude,latitude,need,people,cost,cost_currency,secured,secured_currency,finance,stage
WALK-1,Bus lanes on the eastern corridor,KEN-nairobi,36.87,-1.285,I-SDG11-2-1,600000,48000000,USD,12000000,USD,development_bank,feasibility
WALK-2,Footbridges in the centre,KEN-nairobi,,,I-SDG11-2-1,250000,3500000,USD,0,USD,city,idea
WALK-3,Ferry landing and terminal,KEN-mombasa,,,I-SDG11-2-1,180000,22000000,USD,11000000,USD,government,ready
WALK-4,Market street,KEN-kisumu,,,I-SDG11-2-1,90000,2600000,USD,,,open,idea
WALK-5,Bus station,UGA-kampala,,,I-SDG11-2-1,300000,9000000,USD,9000000,USD,grant,construction
`,
  'places.csv': `id,kind,title_en,parent
FUA-WALK,functional_area,Greater Nairobi,KEN
`,
  'area_members.csv': `area,member,valid_from,role,commuters_percent
FUA-WALK,KEN-nairobi,2020-01-01,city,91.2
FUA-WALK,KEN-kisumu,2020-01-01,commuting_zone,16
`,
};

const page = await open(WIDE);
await see(page, '/investments', 'inv-00-empty');
await page.goto(`${base}/import`);
const files = Object.entries(tables).map(([name, text]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) }));
await page.setInputFiles('input[type=file]', files);
await page.click('form.drop button');
await page.waitForURL(/\/import\/./);
assert.equal(await page.locator('.tally-box.bad dd').textContent(), '0', 'nothing is refused');
await page.click('form[action$="/confirm"] button');
await page.waitForURL(/\/changes\/\d+/);
const change = new URL(page.url()).pathname;

// From the page of a place to its investments, then to all of them.
await see(page, '/places/KEN-nairobi', 'inv-01-place');
assert.match(await page.locator('main').innerText(), /Greater Nairobi/);
await page.click('a[href^="/investments?place=KEN-nairobi"]');
await page.waitForURL(/place=KEN-nairobi/);
assert.equal(await page.locator('tbody a[href^="/records/investment/WALK-"]').count(), 2);
await page.selectOption('select[name=place]', '');
await page.click('form.filters button');
await page.waitForSelector('.city-canvas canvas');
await look(page, 'inv-02-list');
const firstRanked = () => page.locator('td strong:text-is("1")').locator('xpath=../..').locator('th a').innerText();
assert.equal(await firstRanked(), 'Footbridges in the centre');
// Money that is agreed turns the order round.
await page.fill('input[name=need]', '0');
await page.fill('input[name=cost]', '0');
await page.click('form.filters button');
await page.waitForURL(/need=0/);
assert.equal(await firstRanked(), 'Ferry landing and terminal');
await page.goto(`${base}/investments?need=0&cost=0&finance=0`);
await look(page, 'inv-03-weightless');
assert.match(await page.locator('[role=alert]').innerText(), /above 0/);
await see(page, '/places/FUA-WALK', 'inv-04-area');
assert.match(await page.locator('main').innerText(), /Commuting zone/);

await Promise.all(
  ['ar', 'zh'].map(async (lang) => {
    const phone = await open(PHONE, { locale: lang });
    for (const [at, path] of ['/investments', '/places/FUA-WALK'].entries()) {
      await see(phone, `${path}?lang=${lang}`, `inv-1${at}-${lang}`);
    }
  }),
);

await page.goto(base + change);
const undo = page.locator(`form[action="${change}/undo"]`);
await undo.locator('[name=reason]').fill('walk');
await undo.locator('button').click();
await page.waitForLoadState();
await finish();
