// A person at a browser: opens an address in headless Chromium, signs in and consents (or refuses) on the provider's pages,
// and prints as JSON where that ended and what the last page shows. Nothing beyond this machine is asked for.
//
//   node browser.mjs URL allow|deny [PICTURE.png]
//
// PEER_CHROMIUM names the program.
import { chromium } from 'playwright-core';

const [url, decision, picture] = process.argv.slice(2);
// A flow of more pages goes round in circles.
const mostPages = 12;
const patience = 20_000;

const browser = await chromium.launch({
  executablePath: process.env.PEER_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
try {
  const page = await browser.newPage({ viewport: { width: 900, height: 600 } });
  page.setDefaultTimeout(patience);
  await page.route((address) => address.hostname !== '127.0.0.1', (route) => route.abort());
  const answer = await page.goto(url);
  const pages = [];
  let status = answer?.status() ?? 0;
  page.on('response', (response) => {
    if (response.request().isNavigationRequest()) {
      status = response.status();
    }
  });
  for (let count = 0; ; count += 1) {
    pages.push(await page.title());
    if (count === mostPages) {
      throw new Error(`it does not come to an end: ${pages.join(', ')}`);
    }
    const next = await button(page);
    if (!next) {
      break;
    }
    await Promise.all([page.waitForEvent('load'), next.click()]);
    await page.waitForLoadState('networkidle');
  }
  if (picture) {
    await page.screenshot({ path: picture });
  }
  const text = await page.locator('body').innerText();
  console.log(JSON.stringify({ url: page.url(), status, title: await page.title(), text, pages }));
} finally {
  await browser.close();
}

// What a person would press next; nothing on a page without forms.
async function button(page) {
  if (await page.locator('input[name=login]').count()) {
    await page.fill('input[name=login]', 'asha');
    await page.fill('input[name=password]', 'any password');
    return page.locator('button[type=submit]').first();
  }
  const refuse = page.locator('button[name=abort], button[value=deny], .login-help a').first();
  if (decision === 'deny' && (await refuse.count())) {
    return refuse;
  }
  const go = page.locator('button[type=submit]').first();
  return (await go.count()) ? go : undefined;
}
