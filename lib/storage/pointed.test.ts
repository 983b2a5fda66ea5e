import { fakeBrowser } from 'wxt/testing/fake-browser';
import { beforeEach, expect, it } from 'vitest';
import { forgetControl, pointedControls, rememberControl, type PointedControl } from './pointed.ts';

const control = (id: string, at = 1): PointedControl => ({ id, guide: 'jamf-pro', origin: 'https://acme.jamfcloud.com', version: '11.30.1', step: 'new-role', role: 'button', name: 'New', path: 'main > button', at });
const ids = async (): Promise<string[]> => (await pointedControls.get()).map(({ id }) => id);

beforeEach(() => fakeBrowser.reset());

it('keeps the newest hundred, newest first, each once', async () => {
  for (let at = 1; at <= 103; at++) await rememberControl(control(`c${String(at)}`, at));
  expect((await ids()).length).toBe(100);
  expect((await ids())[0]).toBe('c103');
  expect((await ids()).at(-1)).toBe('c4');
  await rememberControl(control('c50', 200));
  expect((await ids()).slice(0, 2)).toEqual(['c50', 'c103']);
  expect((await ids()).length).toBe(100);
});

it('forgets one', async () => {
  for (const id of ['a', 'b', 'c']) await rememberControl(control(id));
  await forgetControl('b');
  await forgetControl('x');
  expect(await ids()).toEqual(['c', 'a']);
});

it('stores nothing of another shape', async () => {
  await expect(rememberControl({ ...control('a'), guide: 'other' } as unknown as PointedControl)).rejects.toMatchObject({ failure: { code: 'bad-input' } });
  await expect(rememberControl({ ...control('a'), name: 'x'.repeat(2001) })).rejects.toMatchObject({ failure: { code: 'bad-input' } });
  expect(await ids()).toEqual([]);
});
