// What every walk does: opens pages that report what they complain about, looks at them, takes their pictures.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

export const [, , url, shots] = process.argv;
assert.ok(url && shots, 'usage: node WALK.mjs URL FOLDER …');
mkdirSync(shots, { recursive: true });
export const base = url.replace(/\/$/, '');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const wrong = [];
export const WIDE = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

export const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** A page that reports everything it complains about. */
export async function open(viewport, options = {}) {
  const context = await browser.newContext({ viewport, locale: 'en', acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.on('pageerror', (error) => wrong.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(`${page.url()}: ${message.text()}`);
  });
  return page;
}

/** What the accessibility checker finds serious or worse. */
async function violationsOf(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];
  const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), runOnly);
  return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
}

/** Judges the page that is open: accessibility, sideways scrolling, one heading; and takes its picture. */
export async function look(page, name) {
  await page.evaluate(axe);
  // A page that is still being laid out has texts that nobody sees yet: what is wrong is still wrong a moment later.
  let violations = await violationsOf(page);
  if (violations.length > 0) {
    await page.waitForTimeout(500);
    violations = await violationsOf(page);
  }
  for (const found of violations) {
    wrong.push(`${name} ${page.url()}: ${found.id} (${found.impact}): ${found.nodes.slice(0, 3).map((n) => `${n.target} ${n.failureSummary ?? ''}`).join(' | ')}`);
  }
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (beyond > 0) wrong.push(`${name} ${page.url()}: scrolls sideways by ${beyond} pixels`);
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

export async function see(page, path, name) {
  const answer = await page.goto(base + path);
  if (!answer?.ok()) wrong.push(`${path}: ${answer?.status()}`);
  await look(page, name);
}

/** Ends the walk: with 1 and a list when anything was wrong. */
export async function finish() {
  await browser.close();
  if (wrong.length > 0) {
    console.error([...new Set(wrong)].join('\n'));
    process.exit(1);
  }
  console.log(`walked; screenshots in ${shots}`);
}
