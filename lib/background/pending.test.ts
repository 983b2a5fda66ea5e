import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { setup } from '../../test/fixtures/uem-samples.ts';
import { pending, type Pending } from '../storage/pending.ts';
import { resume } from './pending.ts';

const what: Pending = { type: 'connect', at: Date.now(), origins: ['https://cn1234.awmdm.com', 'https://as1234.awmdm.com'], setup, tabId: 3, clicks: 1 };
const goOn = vi.fn(async (_what: Pending) => undefined);
let allowed: string[];

beforeEach(() => {
  fakeBrowser.reset();
  goOn.mockClear();
  allowed = ['https://cn1234.awmdm.com/*', 'https://as1234.awmdm.com/*'];
  Object.assign(fakeBrowser.permissions, { contains: ({ origins }: { origins: string[] }) => Promise.resolve(origins.every((one) => allowed.includes(one))) });
});

it('what was pressed goes on after the yes, once', async () => {
  await pending.set(what);
  await resume(goOn);
  await resume(goOn);
  expect(goOn.mock.calls).toEqual([[what]]);
  expect(await pending.get()).toBeNull();
});

it.each<[string, () => Promise<void>]>([
  ['nothing was pressed', async () => undefined],
  ['the popup went on by itself', () => pending.set(null)],
  ['only a part of it is allowed', async () => {
    allowed.pop();
    await pending.set(what);
  }],
  ['that was long ago', () => pending.set({ ...what, at: Date.now() - 6 * 60_000 })],
])('nothing goes on where %s', async (_what, happen) => {
  await happen();
  await resume(goOn);
  expect(goOn).not.toHaveBeenCalled();
});
