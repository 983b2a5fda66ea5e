import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJamfProTenant } from './tenant.ts';

const consoles: [url: string, key: string, origin?: string][] = [
  ['https://acme.jamfcloud.com', 'acme'],
  ['https://acme.jamfcloud.com/', 'acme'],
  ['https://acme.jamfcloud.com/view/settings/system-settings/api-roles-and-clients?tab=api-roles', 'acme'],
  ['https://acme.jamfcloud.com/computers.html?queryType=COMPUTERS&query=#top', 'acme'],
  ['https://acme.jamfcloud.com:8443/', 'acme', 'https://acme.jamfcloud.com:8443'],
  ['https://ACME.JamfCloud.com/', 'acme', 'https://acme.jamfcloud.com'],
  ['https://acme-eu-2.jamfcloud.com/', 'acme-eu-2'],
  ['https://4cme.jamfcloud.com/', '4cme'],
  ['https://a.jamfcloud.com/', 'a'],
  [`https://${'a'.repeat(63)}.jamfcloud.com/`, 'a'.repeat(63)],
  ['https://protected.jamfcloud.com/', 'protected'],
];

const others: [url: string, why: string][] = [
  ['http://acme.jamfcloud.com/', 'not https'],
  ['ftp://acme.jamfcloud.com/', 'not https'],
  ['https://jamfcloud.com/', 'no tenant'],
  ['https://www.jamfcloud.com/', 'the vendor'],
  ['https://protect.jamfcloud.com/', 'Jamf Protect'],
  ['https://acme.protect.jamfcloud.com/', 'Jamf Protect'],
  ['https://us.api.jamfcloud.com/', 'the API gateway'],
  ['https://eu.api.jamfcloud.com/', 'the API gateway'],
  ['https://api.jamfcloud.com/', 'the API gateway'],
  ['https://account.jamf.com/', 'account host'],
  ['https://us.auth.jamf.com/', 'sign-in host'],
  ['https://auth.jamfcloud.com/', 'sign-in host'],
  ['https://a.b.jamfcloud.com/', 'more than one label'],
  ['https://acme.jamfcloud.com.evil.example/', 'look-alike'],
  ['https://acmejamfcloud.com/', 'look-alike'],
  ['https://acme.jamfcloud.co/', 'look-alike'],
  ['https://acme.jamfc1oud.com/', 'look-alike'],
  ['https://evil.example/https://acme.jamfcloud.com/', 'look-alike'],
  ['https://acme.jamfcloud.com@evil.example/', 'credentials in the URL'],
  ['https://user@acme.jamfcloud.com/', 'credentials in the URL'],
  ['https://user:pw@acme.jamfcloud.com/', 'credentials in the URL'],
  ['https://xn--acm-gma.jamfcloud.com/', 'punycode'],
  ['https://аcme.jamfcloud.com/', 'Cyrillic letter'],
  ['https://-acme.jamfcloud.com/', 'no DNS label'],
  ['https://acme-.jamfcloud.com/', 'no DNS label'],
  ['https://ac_me.jamfcloud.com/', 'no DNS label'],
  [`https://${'a'.repeat(64)}.jamfcloud.com/`, 'label too long'],
  ['https://acme.jamfcloud.com./', 'trailing dot: another origin'],
  ['https://127.0.0.1/', 'IP address'],
  ['https://[::1]/', 'IP address'],
  ['chrome://extensions/', 'no web page'],
  ['about:blank', 'no web page'],
  ['data:text/html,acme.jamfcloud.com', 'no web page'],
  ['javascript:location="https://acme.jamfcloud.com"', 'no web page'],
  ['blob:https://acme.jamfcloud.com/0', 'no web page'],
  ['', 'nothing'],
  ['acme.jamfcloud.com', 'no URL'],
];

describe('findJamfProTenant', { timeout: 60_000 }, () => {
  it.each(consoles)('%s is tenant %s', (url, key, origin = `https://${key}.jamfcloud.com`) => {
    expect(findJamfProTenant(url)).toEqual({ console: 'jamf-pro', key, origin, base: origin });
  });

  it.each(others)('%s is no console: %s', (url) => {
    expect(findJamfProTenant(url)).toBeUndefined();
  });

  it('never throws, and what it accepts is the origin of the URL under jamfcloud.com', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.webUrl().map((url) => url.replace(/\/\/[^/]+/, '//acme.jamfcloud.com'))), (url) => {
        const tenant = findJamfProTenant(url);
        if (tenant) {
          expect(tenant.origin).toBe(new URL(url).origin);
          expect(new URL(url).hostname).toBe(`${tenant.key}.jamfcloud.com`);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
