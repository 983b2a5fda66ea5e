import assert from 'node:assert/strict';
import type { Page } from 'puppeteer-core';

/*
 * What only a real browser shows: focus, keys, forms. Each check starts on a fresh page.
 */

const show = (page: Page, name: string): Promise<void> =>
  page.evaluate(async (state) => {
    window.show(state);
    // React draws in its own time.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }, name);
const focused = (page: Page): Promise<string> => page.evaluate(() => `${document.activeElement?.tagName ?? ''} ${document.activeElement?.textContent ?? ''}`);
const press = (page: Page, name: string): Promise<void> => page.locator(`::-p-xpath(//*[self::button or self::summary or self::label][normalize-space()='${name}'])`).click();
const sent = (page: Page): Promise<unknown[]> => page.evaluate(() => window.intents);

export const behaviours: Record<string, (page: Page) => Promise<void>> = {
  async 'focus goes to the heading when the view changes, and only then'(page) {
    await show(page, 'choose');
    await show(page, 'running-start');
    assert.equal(await focused(page), 'H1 Connecting to Northwind Trading');
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'BUTTON Cancel');
    await show(page, 'running-secret');
    assert.equal(await focused(page), 'BUTTON Cancel');
    await show(page, 'running-stopping');
    assert.equal(await focused(page), 'H1 Stopping');
  },

  async 'what is typed into the name is kept and sent'(page) {
    await show(page, 'choose');
    await press(page, 'What Keyferry creates');
    await press(page, 'Name in Jamf Pro');
    await page.keyboard.down('Control');
    await page.keyboard.press('a');
    await page.keyboard.up('Control');
    await page.keyboard.type('Acme');
    await page.keyboard.press('Enter');
    const intents = await sent(page);
    assert.deepEqual(intents.at(-2), { type: 'choose', dataSets: ['accounts'], group: null, name: 'Acme', answers: {} });
    assert.deepEqual(intents.at(-1), { type: 'connect' });
  },

  async 'devices and a site are chosen'(page) {
    await show(page, 'choose-devices');
    await page.select('select', '3');
    await press(page, 'Devices');
    const name = 'Keyferry: Northwind Trading';
    assert.deepEqual(await sent(page), [
      { type: 'choose', dataSets: ['accounts', 'devices'], group: { id: '3', name: 'Tokyo headquarters' }, name, answers: {} },
      { type: 'choose', dataSets: ['accounts'], group: { id: '3', name: 'Tokyo headquarters' }, name, answers: {} },
    ]);
  },

  async 'the service form sends what is typed, and nothing when incomplete'(page) {
    await show(page, 'setup');
    await press(page, 'Service address');
    await page.keyboard.type(' https://service.example ');
    await press(page, 'Test and save');
    assert.deepEqual(await sent(page), []);
    await press(page, 'API key of the service');
    await page.keyboard.type('not-a-key');
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent(page), [{ type: 'set-up-service', id: 'integration-api', account: '', address: 'https://service.example', key: 'not-a-key', passphrase: null }]);
  },

  async 'the sign-in form opens with focus and sends once'(page) {
    await show(page, 'failed-rights');
    await press(page, 'Sign in with another account');
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).name), 'username');
    await page.keyboard.type('kim');
    await page.keyboard.press('Tab');
    await page.keyboard.type('not-a-password');
    await press(page, 'Sign in');
    assert.deepEqual(await sent(page), [{ type: 'sign-in', runId: 'a1', username: 'kim', password: 'not-a-password' }]);
  },

  async 'the edit form opens with focus and sends the choice'(page) {
    await show(page, 'failed-site');
    await press(page, 'Change the data to share');
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).type), 'checkbox');
    await page.select('select', '');
    await press(page, 'Save and try again');
    assert.deepEqual(await sent(page), [{ type: 'load-groups' }, { type: 'edit', runId: 'a1', dataSets: ['accounts', 'devices'], group: null }]);
  },

  async 'a press while an intent is on its way does nothing, and keeps the focus'(page) {
    await show(page, 'sign-in-busy');
    await press(page, 'Cancel');
    await press(page, 'Sign in');
    assert.deepEqual(await sent(page), []);
    assert.equal(await focused(page), 'BUTTON Sign in');
  },

  async 'options: a row that is removed leaves the focus at its heading'(page) {
    await show(page, 'options');
    await page.locator('::-p-aria(Remove button Generate Client Secret)').click();
    assert.equal(await focused(page), 'H2 Remembered controls');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Remove button Generate Client Secret');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent(page), [{ type: 'forget-control', id: 'a' }, { type: 'forget-controls' }]);
  },

  async 'options: the button is chosen with the arrow keys'(page) {
    await show(page, 'options');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowUp');
    assert.deepEqual(await sent(page), [{ type: 'choose-button', place: 'popup' }]);
  },

  async 'what is asked once more opens with focus, and says what it does'(page) {
    await show(page, 'connection-disconnect');
    await press(page, 'Disconnect');
    assert.equal(await focused(page), 'H2 Disconnect?');
    await press(page, 'Also remove what Keyferry created in Jamf Pro');
    await press(page, 'Disconnect now');
    const [intent] = await sent(page);
    assert.deepEqual(intent, { type: 'disconnect', id: 'https://acme.jamfcloud.com https://api.northwind-saas.example/tenant', removesConsole: false });
    await press(page, 'Cancel');
    await press(page, 'Renew the secret');
    assert.equal(await focused(page), 'H2 Renew the client secret?');
  },

  async 'a thousand connections are searched'(page) {
    await show(page, 'connections-many');
    await press(page, 'Search');
    await page.keyboard.type('tenant-77');
    const listed = (): Promise<number> => page.evaluate(() => document.querySelectorAll('li').length);
    assert.equal(await listed(), 11);
    await page.keyboard.type('x');
    assert.equal(await listed(), 0);
  },

  async 'a required answer keeps Connect from going'(page) {
    await show(page, 'choose-asks');
    await press(page, 'Connect');
    assert.deepEqual(await sent(page), []);
    await press(page, 'Integration label');
    await page.keyboard.type('HQ');
    await page.keyboard.press('Enter');
    assert.deepEqual((await sent(page)).at(-1), { type: 'connect' });
  },

  async 'what is focused is never behind the buttons'(page) {
    for (const name of ['consent', 'choose-sites-failed', 'setup-unreachable']) {
      await show(page, name);
      for (let presses = 0; presses < 12; presses += 1) {
        await page.keyboard.press('Tab');
        const isFree = await page.evaluate(() => {
          const element = document.activeElement!;
          if (element === document.body) return true;
          const { x, y, width, height } = element.getBoundingClientRect();
          const top = document.elementFromPoint(x + width / 2, y + height / 2);
          return element.contains(top) || (top?.contains(element) ?? false);
        });
        assert.ok(isFree, `${name}: ${await focused(page)}`);
      }
    }
  },
};
