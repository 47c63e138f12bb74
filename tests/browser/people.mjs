// Four people at work, in four browsers:
//   node people.mjs URL FOLDER-FOR-SCREENSHOTS SETUP-LINK [URL-OF-ANOTHER-SERVER]
// A project manager submits a figure; the region returns it; the manager mends it; region and headquarters agree; the public
// figure changes within a second. With two servers on one register, region and public use the other one.

import assert from 'node:assert/strict';

import { base, finish, look, open, PHONE, WIDE, wrong } from './page.mjs';

const link = process.argv[4];
const other = (process.argv[5] ?? base).replace(/\/$/, '');
const PASSWORD = 'four maps of a quiet harbour';
const FIGURE = '/figures/I-1419-Ra~supported~KEN-kisumu~2019~';

/** A browser of one person, on one of the servers. */
async function person(host, options = {}) {
  const page = await open(WIDE, options);
  page.go = async (path, name) => {
    const answer = await page.goto(host + path);
    if (!answer?.ok()) wrong.push(`${path}: ${answer?.status()}`);
    if (name) await look(page, `people-${name}`);
  };
  return page;
}

const admin = await person(base);
await admin.goto(link);
await look(admin, 'people-01-first-administrator');
await admin.fill('[name=name]', 'Amina Director');
await admin.fill('[name=email]', 'amina@example.org');
await admin.fill('[name=password]', 'password1234');
await admin.click('main button');
assert.ok(await admin.locator('[role=alert]').isVisible(), 'a common password is refused');
await admin.fill('[name=name]', 'Amina Director');
await admin.fill('[name=email]', 'amina@example.org');
await admin.fill('[name=password]', PASSWORD);
await admin.click('main button');
await admin.waitForURL(`${base}/`);
await look(admin, 'people-02-nothing-to-do');

/** Invites somebody, gives a role, and comes in as that person on a server. */
async function invite(name, role, unit, host) {
  await admin.go('/people');
  await admin.fill('form[action="/people/invite"] [name=name]', name);
  await admin.fill('form[action="/people/invite"] [name=email]', `${name.split(' ')[0].toLowerCase()}@example.org`);
  await admin.click('form[action="/people/invite"] button');
  const secret = new URL(await admin.locator('code.secret').first().textContent()).pathname;
  await look(admin, `people-03-invited-${role}-${unit}`);
  await admin.selectOption('form[action$="/roles"] [name=role]', role);
  await admin.selectOption('form[action$="/roles"] [name=unit]', unit);
  await admin.click('form[action$="/roles"] button.first');
  await admin.waitForLoadState();
  const page = await person(host);
  await page.go(secret);
  await page.fill('[name=password]', PASSWORD);
  await page.click('main button');
  await page.waitForURL(`${host}/`);
  return page;
}

const manager = await invite('Moses Manager', 'contributor', 'CO-KEN', base);
const region = await invite('Rosa Region', 'reviewer', 'RO-AFRICA', other);
const headquarters = await invite('Hugo Headquarters', 'reviewer', 'HQ', base);
await admin.go('/people', '04-people');

/** Fills the form of a new record. */
async function record(kind, cells) {
  await admin.go(`/records/${kind}/new`);
  for (const [column, text] of Object.entries(cells)) {
    const field = admin.locator(`[name="c-${column}"]`);
    if ((await field.evaluate((f) => f.tagName)) === 'SELECT') await field.selectOption(text);
    else await field.fill(text);
  }
  await admin.fill('[name=reason]', 'Quality of figures');
  if (kind === 'lane') await look(admin, 'people-05-form');
  await admin.click('form.wide button.first');
  await admin.waitForURL(/\/changes\/\d+/);
}
await record('lane', { id: 'L-OBS', title_en: 'Figures of country offices', kinds: 'observation' });
await record('lane_step', { lane: 'L-OBS', step: 'region', title_en: 'Regional office', role: 'reviewer', unit_kind: 'regional_office' });
await record('lane_step', { lane: 'L-OBS', step: 'hq', title_en: 'Headquarters', role: 'reviewer', unit: 'HQ', after: 'region' });
await admin.go('/lanes', '06-lanes');
await admin.go('/lanes/L-OBS/simulate?days=365', '07-simulated');
await admin.go('/records/lane/L-OBS/edit');
await admin.fill('[name="c-starts_on"]', '2020-01-01');
await admin.fill('[name=reason]', 'Switched on');
await admin.click('form.wide button.first');
await admin.waitForURL(/\/changes\/\d+/);

const reader = await person(other);
await reader.go(FIGURE, '08-public-before');
assert.ok(!(await reader.textContent('main')).includes('44.1'), 'nobody has said it yet');
assert.equal(await reader.locator('a[href="/sign-in"]').count(), 1, 'the public may sign in');

// The manager enters the figure of a city as a file, since the grid has no row for it yet.
await manager.go('/import');
const csv = 'indicator,place,period,scope,project,value,source\nI-1419-Ra,KEN-kisumu,2019,supported,PRJ-018,4.4,EX-SURVEY\n';
await manager.setInputFiles('input[type=file]', { name: 'observations.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
await manager.click('form.drop button');
await manager.waitForURL(/\/import\/./);
await manager.fill('[name=reason]', 'Slum survey of Kisumu 2019');
await manager.click('form[action$="/confirm"] button');
await manager.waitForURL(/\/proposals\/\d+/);
const proposal = new URL(manager.url()).pathname;
await look(manager, 'people-09-submitted');
await manager.go(`${FIGURE}?drafts=1`, '10-with-drafts');
assert.ok((await manager.textContent('.answer')).includes('4.4'), 'the manager sees the draft');
await reader.go(FIGURE);
assert.ok(!(await reader.textContent('.answer')).includes('4.4'), 'nobody else does');

await region.go('/', '11-to-review');
await region.click('.queue a');
await region.waitForURL(/\/proposals\//);
await look(region, 'people-12-review');
await region.fill('form.decide [name=reason]', 'Is it 4.4 or 44.1 per cent?');
await region.selectOption('form.decide [name=place]', { label: 'I-1419-Ra/KEN-kisumu/2019//supported/PRJ-018 · value' });
await region.click('form.decide [value=return]');
await region.waitForLoadState();

await manager.go('/', '13-returned');
await manager.click('.queue a');
await manager.waitForURL(/\/mend/);
await look(manager, 'people-14-mend');
assert.equal(await manager.evaluate(() => document.activeElement?.getAttribute('name')), 'c-0-0-value', 'the noted field is ready');
await manager.locator('.noted input').fill('44.1');
await manager.click('form.wide button.first');
await manager.waitForURL(/\/proposals\/\d+$/);

for (const [page, who] of [[region, 'region'], [headquarters, 'headquarters']]) {
  await page.go('/');
  await page.click('.queue a');
  await page.waitForURL(/\/proposals\//);
  await page.fill('form.decide [name=reason]', 'Seen the questionnaire');
  await page.click('form.decide [value=agree]');
  await page.waitForLoadState();
  if (who === 'region') {
    await reader.go(FIGURE);
    assert.ok(!(await reader.textContent('.answer')).includes('44.1'), 'one of two has agreed');
  }
}
const agreed = Date.now();
for (;;) {
  await reader.goto(other + FIGURE);
  if ((await reader.textContent('.answer')).includes('44.1')) break;
  assert.ok(Date.now() - agreed < 1000, 'the public figure changes within a second');
}
await look(reader, 'people-15-public-after');
await headquarters.go(proposal, '16-accepted');
await admin.go('/audit', '17-audit');
await admin.go('/account', '18-account');
await manager.go('/rights', '19-rights');

for (const lang of ['ar', 'zh']) {
  for (const [size, viewport] of [['wide', WIDE], ['phone', PHONE]]) {
    await admin.setViewportSize(viewport);
    for (const [name, path] of [['people', '/people'], ['proposal', proposal], ['lanes', '/lanes'], ['account', '/account'], ['audit', '/audit']]) {
      await admin.go(`${path}?lang=${lang}`, `${lang}-${size}-${name}`);
    }
    await manager.setViewportSize(viewport);
    await manager.go(`/?lang=${lang}`, `${lang}-${size}-queue`);
    await reader.setViewportSize(viewport);
    await reader.go(`/sign-in?lang=${lang}`, `${lang}-${size}-sign-in`);
  }
}
// A refused password is answered as such, and browsers report that.
wrong.splice(0, wrong.length, ...wrong.filter((line) => !line.includes('status of 422')));
await finish();
