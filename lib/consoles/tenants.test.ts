import { describe, expect, it } from 'vitest';
import { isOwnHost } from './console.ts';
import { findTenant, makeOwnTenant } from './tenants.ts';

describe('a console on a host of its own', () => {
  it.each([
    ['https://mdm.corp.example', 'https://mdm.corp.example', 'mdm.corp.example'],
    ['https://MDM.corp.example:8443/Acme/', 'https://mdm.corp.example:8443', 'mdm.corp.example:8443/Acme'],
    ['https://10.0.0.5:8443', 'https://10.0.0.5:8443', '10.0.0.5:8443'],
    // Not Jamf's: the admin is shown the whole name.
    ['https://acme.jamfcloud.com.evil.example', 'https://acme.jamfcloud.com.evil.example', 'acme.jamfcloud.com.evil.example'],
    ['https://acmejamfcloud.com', 'https://acmejamfcloud.com', 'acmejamfcloud.com'],
    // Cyrillic а: ASCII tells.
    ['https://mdm.аcme.example', 'https://mdm.xn--cme-5cd.example', 'mdm.xn--cme-5cd.example'],
  ])('%s', (base, origin, key) => {
    const tenant = makeOwnTenant('jamf-pro', base);
    expect(tenant).toEqual({ console: 'jamf-pro', key, origin, base: `https://${key}` });
    expect(isOwnHost(tenant!)).toBe(true);
  });

  it.each([
    'http://mdm.corp.example',
    'https://mdm',
    'https://mdm.',
    'https://localhost:8443',
    'https://protect.jamfcloud.com',
    'https://acme.protect.jamfcloud.com',
    'https://us.api.jamfcloud.com',
    'https://acme.jamfcloud.com',
    'https://acme.jamfcloud.com.',
    'https://account.jamf.com',
    'https://learn.jamf.com/en-US',
    'https://radar.wandera.com',
    'https://[::1]:8443',
    'not an address',
  ])('%s is none', (base) => {
    expect(makeOwnTenant('jamf-pro', base)).toBeUndefined();
  });

  it('a tenant of the cloud is none, on whichever port', () => {
    for (const url of ['https://acme.jamfcloud.com/', 'https://acme.jamfcloud.com:8443/']) expect(isOwnHost(findTenant(url)!)).toBe(false);
  });
});
