import { fakeBrowser } from 'wxt/testing/fake-browser';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeOwnTenant } from '../consoles/tenants.ts';
import { findKnownTenant, ownHosts } from './hosts.ts';

const bases = ['https://mdm.corp.example:8443', 'https://mdm.corp.example:8443/acme', 'https://jamf.corp.example/jss'];

beforeEach(async () => {
  fakeBrowser.reset();
  await ownHosts.set(bases.map((base) => ({ ...makeOwnTenant('jamf-pro', base)!, addedAt: 1 })));
});

describe('findKnownTenant', () => {
  it.each([
    ['https://mdm.corp.example:8443/view/dashboard', bases[0]],
    ['https://mdm.corp.example:8443/acme', bases[1]],
    ['https://mdm.corp.example:8443/acme?failover', bases[1]],
    ['https://mdm.corp.example:8443/acme/view/dashboard#x', bases[1]],
    ['https://mdm.corp.example:8443/acme-2/', bases[0]],
    // Context paths are case-sensitive.
    ['https://mdm.corp.example:8443/Acme/', bases[0]],
    ['https://jamf.corp.example/jss/', bases[2]],
    ['https://acme.jamfcloud.com/view/dashboard', 'https://acme.jamfcloud.com'],
  ])('%s is %s', async (url, base) => {
    expect((await findKnownTenant(url))?.base).toBe(base);
  });

  it.each([
    'https://mdm.corp.example/',
    'https://mdm.corp.example:84430/',
    'https://mdm.corp.example:8443.evil.example/',
    'https://mdm.corp.example:8443@evil.example/',
    'http://mdm.corp.example:8443/',
    'https://jamf.corp.example/',
    'https://jamf.corp.example/jssx',
    '',
  ])('%s is none', async (url) => {
    expect(await findKnownTenant(url)).toBeUndefined();
  });
});
