// Draws pages: `node draw.mjs CHROMIUM JOBS PROFILE` prints a line of JSON for each shot, in order.
// A job is {url, shots: [{png, size: {width, height}}]}; PROFILE is a new folder for the browser.
import fs from 'node:fs';
import puppeteer from 'puppeteer-core';

const SECONDS = 120;
const [executablePath, jobsFile, userDataDir] = process.argv.slice(2);
const jobs = JSON.parse(fs.readFileSync(jobsFile, 'utf8'));

const browser = await puppeteer.launch({
  executablePath,
  userDataDir,
  headless: true,
  protocolTimeout: 2 * SECONDS * 1000,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
    '--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage',
    '--hide-scrollbars', '--font-render-hinting=none',
  ],
});

async function draw({ url, shots }) {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error?.stack ?? error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('requestfailed', (request) => errors.push(`no answer: ${request.url()}`));
  const reports = [];
  try {
    await page.setViewport(shots[0].size);
    await page.goto(url, { waitUntil: 'load', timeout: SECONDS * 1000 });
    for (const { png, size } of shots) {
      await page.setViewport(size);
      const drawn = `window.drawn?.(${size.width}) === true`;
      await page
        .waitForFunction(drawn, { timeout: SECONDS * 1000, polling: 100 })
        .catch(() => errors.push(`not drawn within ${SECONDS} s`));
      await page.screenshot({ path: png });
      reports.push(await page.evaluate('window.report?.()'));
    }
  } catch (error) {
    errors.push(String(error?.stack ?? error));
  } finally {
    await page.close();
  }
  return shots.map((_, place) => ({ ...reports[place], errors }));
}

try {
  for (const job of jobs) {
    for (const report of await draw(job)) console.log(JSON.stringify(report));
  }
} finally {
  await browser.close();
}
