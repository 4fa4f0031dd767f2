// A person walks an application through the pages of a demonstration in a real browser: from a new draft to a permit that
// is used in two parts and comes back, with the department's approval, an advice and an amendment; a refusal; a cancellation. Run by `cargo xtask test`, step `browser`:
// node walk.mjs ADDRESS CHROMIUM FOLDER-OF-PICTURES, with `playwright-core` where node finds it.

import { createRequire } from 'node:module';
import assert from 'node:assert/strict';

const [served, chromiumPath, pictures, modules] = process.argv.slice(2);
const address = served;
const { chromium } = createRequire(`${modules}/`)('playwright-core');
const PASSWORD = 'a made-up office to look at';
const PHONE = { width: 390, height: 844 };

const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
let taken = 0;

async function picture(page, name) {
  taken += 1;
  await page.screenshot({ path: `${pictures}/${String(taken).padStart(2, '0')}-${name}.png`, fullPage: true });
}

/** Somebody of the demonstration, in a browser of their own; every page must say what it is, and none may be too wide. */
async function person(login, address = served) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => assert.fail(`${login}: ${error}`));
  await page.goto(`${address}/sign-in`);
  await page.fill('#login', login);
  await page.fill('#password', PASSWORD);
  await page.click('main form button');
  if (page.url().includes('/second-factor')) {
    await page.fill('#code', await page.textContent('p.told code'));
    await page.click('main form button');
  }
  assert.ok(!page.url().includes('sign-in'), `${login} is signed in`);
  assert.match(await page.textContent('body'), /everything here is made up/);
  return page;
}

/** Sends the form that leads to a deed, and waits for the page it leads to. */
async function send(page, deed) {
  await Promise.all([page.waitForEvent('load'), page.click(`form[action$="/${deed}"] button`)]);
  assert.equal(await page.locator('[role=alert]').count(), 0, `${deed}: ${await page.textContent('main')}`);
}

async function says(page, words) {
  assert.match(await page.textContent('main'), words);
}

const TABLE = [
  ['scientific name', 'term', 'quantity', 'unit', 'source', 'purpose', 'origin'],
  ['猎隼', 'LIV', '2', 'NAR', 'C', 'T', 'CN'],
  ['Falco rusticolus', 'LIV', 'many', 'NAR', 'C', 'T', 'CN'],
].map((row) => row.join('\t')).join('\n');

/** A draft with one line, handed in; its address. */
async function handedIn(applicant, table) {
  await applicant.goto(`${address}/applications/new`);
  await Promise.all([applicant.waitForURL(/applications\/[0-9a-f-]{36}$/), applicant.click('main form button')]);
  await applicant.fill('#other-side', 'KZ');
  await send(applicant, 'head');
  await applicant.fill('#table', table);
  await send(applicant, 'lines');
  return applicant.url();
}

const applicant = await person('applicant');
const intake = await person('intake');
const decider = await person('decider');
const issuer = await person('issuer');
const port = await person('port');
const science = await person('science');
const deputy = await person('deputy');
await picture(applicant, 'applications');

// Written, with a row that is corrected in place; sent back once; answered; accepted.
const application = await handedIn(applicant, TABLE);
await says(applicant, /Falco cherrug/);
await says(applicant, /is not a number/);
await picture(applicant, 'row-waits');
await applicant.fill('[name="field-quantity"]', '1');
await send(applicant, 'lines/correction');
assert.ok(!/Rows that wait/.test(await applicant.textContent('main')), 'the row is a line now');
await send(applicant, 'submission');
await picture(intake, 'work-to-take-in');
await intake.goto(application);
await intake.fill('#defects', 'The marks of the birds (ring numbers).');
await send(intake, 'notice');
await applicant.goto(application);
await says(applicant, /ring numbers/);
await send(applicant, 'answer');
await intake.goto(application);
await send(intake, 'acceptance');

// The State department's document is entered; the Scientific Authority is asked, which stops the clock, and advises.
await intake.fill('#approval-number', 'MADE-UP 2026/7');
await intake.fill('#approval-issued', await intake.evaluate(() => new Date(Date.now() - 864e5).toISOString().slice(0, 10)));
await intake.fill('#approval-content', 'Three sakers that were bred.');
await send(intake, 'approval');
await decider.goto(application);
await decider.fill('#letter', 'Does the export harm the species?');
await send(decider, 'scientific-consultations');
await says(decider, /the clock of the decision stands still/);
await science.goto(`${address}/queue`);
await picture(science, 'asked');
await science.goto(application);
await science.selectOption('[name="finding"]', 'not-detrimental');
await science.fill('[name="reasons"]', 'They were bred in captivity; no wild bird is taken.');
await send(science, 'advice');
await says(science, /no wild bird is taken/);

// Decided line by line, one on a quota; issued by a colleague.
await decider.goto(application);
await picture(decider, 'to-decide');
await says(decider, /What the law requires/);
const quota = decider.locator('[name="quota-1"] option', { hasText: 'Falco cherrug' });
await decider.selectOption('[name="quota-1"]', await quota.getAttribute('value'));
await decider.fill('#grant-reasons', 'Bred birds; the port is told with the declaration.');
await send(decider, 'decision');
await says(decider, /Reasons of the grant: Bred birds/);
await issuer.goto(application);
await send(issuer, 'permit');
await says(issuer, /DEMO\/\d{4}\/\d{5}/);
const permit = issuer.url();
await picture(issuer, 'permit');

// Printed, handed over, used in part; amended by a second officer for what is left, once the endorsed copy is filed.
await send(issuer, 'printing');
await intake.goto(permit);
await send(intake, 'hand-over');
async function endorse(permit, line, much) {
  await port.goto(permit);
  await port.selectOption('#line', line);
  await port.fill('#quantity', much);
  await port.fill('#port', 'Made-up Pass');
  await send(port, 'endorsements');
}
await endorse(permit, '1', '1 NAR');
await applicant.goto(permit);
await applicant.fill('#wanted', 'The other pass.');
await applicant.fill('#why', 'The road is closed.');
await send(applicant, 'amendment-request');
await send(applicant, 'endorsed-copy');
await deputy.goto(permit);
await deputy.fill('#amendment-reason', 'The road is closed.');
await deputy.fill('#amended-port', 'Other Pass');
await picture(deputy, 'to-amend');
await send(deputy, 'amendment');
const amended = deputy.url();
assert.notEqual(amended, permit);
await applicant.goto(permit);
await says(applicant, /Replaced/);

// The new permit is used in two parts at the port, then back at the counter.
await endorse(amended, '1', '1 NAR');
await endorse(amended, '2', '1 NAR');
await says(port, /Nothing left/);
await port.setViewportSize(PHONE);
await picture(port, 'endorsed-on-a-phone');
const width = await port.evaluate(() => document.documentElement.scrollWidth);
assert.ok(width <= PHONE.width, `the page is ${width} wide on a phone`);
await intake.goto(amended);
await send(intake, 'return');
await says(intake, /Returned/);

// A refusal with its reasons, and a permit that is cancelled.
const one = TABLE.split('\n').slice(0, 2).join('\n');
const refused = await handedIn(applicant, one);
await send(applicant, 'submission');
await intake.goto(refused);
await send(intake, 'acceptance');
await decider.goto(refused);
await decider.fill('#reasons', 'The origin of the specimens cannot be shown.');
await send(decider, 'refusal');
await applicant.goto(refused);
await says(applicant, /origin of the specimens cannot be shown/);
await picture(applicant, 'refused');
const unused = await handedIn(applicant, one);
await send(applicant, 'submission');
await intake.goto(unused);
await send(intake, 'acceptance');
await decider.goto(unused);
await decider.fill('#grant-reasons', 'A bred bird.');
await send(decider, 'decision');
await issuer.goto(unused);
await send(issuer, 'permit');
await decider.goto(issuer.url());
await decider.fill('#reason', 'The buyer withdrew.');
await send(decider, 'cancellation');
await says(decider, /Cancelled/);
await picture(decider, 'cancelled');

// A passkey is made beside the program for codes, lets in without a code, and is taken away. Browsers make them for names.
const named = address.replace('127.0.0.1', 'localhost');
const officer = await person('forestry', named);
const tools = await officer.context().newCDPSession(officer);
await tools.send('WebAuthn.enable');
const options = { protocol: 'ctap2', transport: 'usb', hasUserVerification: true, isUserVerified: true };
await tools.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, automaticPresenceSimulation: true } });
await officer.goto(`${named}/account`);
await officer.fill('#label', 'the desk in room 4');
await send(officer, 'account/passkeys');
// People of the demonstration have no recovery codes, which come with a passkey then.
await says(officer, /Recovery codes/);
await officer.goto(`${named}/account`);
await says(officer, /room 4/);
await picture(officer, 'passkey');
await send(officer, 'sign-out');
await officer.fill('#login', 'forestry');
await officer.fill('#password', PASSWORD);
await officer.click('main form button');
await picture(officer, 'to-show-a-passkey');
await send(officer, 'second-factor/passkey');
assert.ok(!officer.url().includes('second-factor'), 'the passkey lets in');
await officer.goto(`${named}/account`);
await send(officer, 'removal');
assert.doesNotMatch(await officer.textContent('main'), /room 4/);

await browser.close();
console.log(`walked; ${taken} pictures in ${pictures}`);
