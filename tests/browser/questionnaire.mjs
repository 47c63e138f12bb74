// Fills a questionnaire as a newcomer does on a phone in Arabic, loses the connection on the way, hands in, sees the profile:
//   node questionnaire.mjs URL FOLDER-FOR-SCREENSHOTS
// It changes the server's register and takes its change back. Ends with 1 and a list when anything is wrong.

import assert from 'node:assert/strict';

import { base, finish, look, open, see, WIDE, wrong } from './page.mjs';

const SMALL = { width: 375, height: 667 };
const FORM = '/instruments/housing-self-rating';
const DRAFT = 'ekistics-draft:';

/** Chooses an answer as a finger does: on its words. */
const choose = (page, question, value) => page.locator(`[data-question="${question}"] label:has(input[value="${value}"])`).tap();
const type = (page, question, text) => page.fill(`[name="q~${question}"]`, text);
const exact = async (page) => Number(await page.getAttribute('[data-bar-total]', 'data-exact'));

async function newcomer() {
  const page = await open(SMALL, { locale: 'ar', hasTouch: true, isMobile: true });
  await see(page, FORM, 'ins-01-instrument-ar');
  assert.equal(await page.getAttribute('html', 'dir'), 'rtl');
  await page.selectOption('select[name=subject]', 'KEN-nairobi');
  await page.tap('.start-form button');
  await page.waitForURL(/\/fill\?subject=KEN-nairobi/);
  await look(page, 'ins-02-empty-ar');
  assert.equal(await page.locator('[data-question="accessible"]').isVisible(), false, 'nothing of a later stage is asked');
  for (const box of await page.locator('.choice:visible').all()) {
    const { height } = await box.boundingBox();
    assert.ok(height >= 44, `targets are large enough for a finger: ${height}`);
  }

  await choose(page, 'stage', 'design');
  assert.equal(await page.locator('[data-question="accessible"]').isVisible(), true, 'what this stage asks appears');
  assert.equal(await page.locator('[data-question="satisfied"]').isVisible(), false);
  // An Arabic keyboard types Arabic digits.
  await type(page, 'homes', '١٢٠');
  await type(page, 'cost_share', '٣٥');
  assert.equal(await exact(page), 60, 'between 80 at 30 % and 40 at 40 %');

  // The connection goes; the page is closed and opened again.
  await page.context().setOffline(true);
  await choose(page, 'jobs_reach', 'walk');
  await page.waitForFunction((key) => Object.keys(localStorage).some((k) => k.startsWith(key)), DRAFT);
  await page.waitForTimeout(500);
  await look(page, 'ins-03-offline-ar');
  const before = await exact(page);
  await page.tap('.hand-in');
  await page.waitForFunction(() => document.querySelector('[data-sent]')?.textContent !== '');
  await page.context().setOffline(false);
  // The browser complains of the connection that this walk took away.
  wrong.splice(0, wrong.length, ...wrong.filter((w) => !w.includes('ERR_INTERNET_DISCONNECTED')));
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  assert.equal(await page.inputValue('[name="q~homes"]'), '١٢٠', 'the draft is back');
  assert.equal(await page.isChecked('[name="q~jobs_reach"][value=walk]'), true);
  assert.equal(await exact(page), before);

  // What is missing is said at the questions, and nothing is lost.
  await page.tap('.hand-in');
  await page.waitForSelector('.question.refused');
  await look(page, 'ins-04-refused-ar');
  await choose(page, 'site_hazard', 'treated');
  await page.fill('[name="e~site_hazard"]', 'https://example.org/hazards.pdf');
  await choose(page, 'participation', 'consult');
  await choose(page, 'tenure', 'stay');
  await page.fill('[name="e~tenure"]', 'letters.pdf');
  // A photograph goes beside what was typed; what is no photograph is said.
  const attach = '[data-question="tenure"] [data-attach] input';
  await page.setInputFiles(attach, { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') });
  await page.waitForFunction(() => document.querySelector('[data-question="tenure"] [data-attached]')?.textContent.includes('PDF'));
  await page.setInputFiles(attach, { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('89504e470d0a1a0a00', 'hex') });
  await page.waitForFunction(() => /^letters\.pdf evidence\/[0-9a-f]{64}\.png$/.test(document.querySelector('[name="e~tenure"]').value));
  await choose(page, 'heritage', 'kept');
  await choose(page, 'common', 'none');
  const live = await exact(page);
  await look(page, 'ins-05-filled-ar');
  await page.tap('.hand-in');
  await page.waitForURL(/\/responses\/RSP-/);
  assert.equal(Number(await page.getAttribute('.tally-box data', 'value')).toFixed(9), live.toFixed(9), 'the score of the page is the score of the server');
  assert.equal(await page.locator('.radar').count(), 1);
  const kept = await page.evaluate((key) => Object.keys(localStorage).filter((k) => k.startsWith(key)).length, DRAFT);
  assert.equal(kept, 0, 'what was handed in is no draft any more');
  await look(page, 'ins-06-profile-ar');
  return page.url().slice(base.length);
}

/** The same in the other languages and on a large screen. */
async function looks() {
  const wide = await open(WIDE);
  for (const lang of ['en', 'ar', 'zh']) {
    await see(wide, `/instruments?lang=${lang}`, `ins-10-list-${lang}`);
    await see(wide, `/instruments/new?lang=${lang}`, `ins-15-add-${lang}`);
    await see(wide, `${FORM}?lang=${lang}`, `ins-11-instrument-${lang}`);
    await see(wide, `${FORM}/fill?subject=KEN-mombasa&lang=${lang}`, `ins-12-form-${lang}`);
    await see(wide, `/responses/RSP-KISUMU-2017?lang=${lang}`, `ins-13-change-${lang}`);
    await see(wide, `/responses/RSP-HERAT-2018-A?lang=${lang}`, `ins-14-consensus-${lang}`);
  }
  const small = await open(SMALL, { hasTouch: true, isMobile: true });
  for (const lang of ['en', 'zh']) {
    await see(small, `/instruments?lang=${lang}`, `ins-20-list-${lang}`);
    await see(small, `${FORM}/fill?subject=KEN-mombasa&lang=${lang}`, `ins-22-form-${lang}`);
    await see(small, `/responses/RSP-HERAT-2018-1?lang=${lang}`, `ins-24-views-${lang}`);
  }
}

/** Takes the change back, so that the walk can be walked again. */
async function undo(response) {
  const page = await open(WIDE);
  const id = decodeURIComponent(response.split('/').pop());
  await page.goto(`${base}/history/response/${encodeURIComponent(id)}`);
  await page.locator('a[href^="/changes/"]').first().click();
  await page.waitForURL(/\/changes\/\d+/);
  await page.fill('form[action$="/undo"] [name=reason]', 'walk');
  await page.click('form[action$="/undo"] button');
  await page.waitForURL(/\/changes\/\d+/);
  const gone = await fetch(`${base}${response}`);
  assert.equal(gone.status, 404, 'an undo takes the response back');
}

const response = await newcomer();
await looks();
await undo(response);
await finish();
