import { fakeBrowser } from 'wxt/testing/fake-browser';
import { beforeEach, expect, it } from 'vitest';
import { serviceSettings } from '../storage/services.ts';
import { Secret } from '../vault/secret.ts';
import { vault } from '../vault/vault.ts';
import { getServiceAccess } from './world.ts';

const address = 'https://api.itmc.i.moneyforward.com';
const without = { id: 'admina', address, account: '' };
const settingOf = (account: string): Awaited<ReturnType<typeof serviceSettings.get>>[number] => ({ id: 'admina', address, account, organization: 'Org' });

beforeEach(() => fakeBrowser.reset());

it('a service that was connected without a key is asked with the one that was given since, where there is no choice', async () => {
  const missing = (reason?: string): object => ({ failure: { code: 'service-key-missing', params: reason === undefined ? { host: new URL(address).host } : { reason } } });
  await serviceSettings.set([settingOf('')]);
  await expect(getServiceAccess(without)).rejects.toMatchObject(missing('optional'));
  await serviceSettings.set([settingOf('1'), settingOf('')]);
  await expect(getServiceAccess(without)).rejects.toMatchObject(missing());
  await vault.put('service-key', `${address} 1`, new Secret('key'));
  expect(await getServiceAccess(without)).toMatchObject({ address, account: '1' });
  await serviceSettings.set([settingOf('1'), settingOf('2'), settingOf('')]);
  await expect(getServiceAccess(without)).rejects.toMatchObject(missing());
});
