import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeOwnTenant } from '../tenants.ts';
import { apiCandidates, apiPlaceOf, findWorkspaceOneTenant, guessRegion, readApiAddress, readTokenAddress, tokenAddress, tokenHosts, tokenRegions } from './tenant.ts';

const consoles: [url: string, key: string, origin: string][] = [
  ['https://cn1234.awmdm.com', 'cn1234', 'https://cn1234.awmdm.com'],
  ['https://cn1234.awmdm.com/AirWatch/', 'cn1234', 'https://cn1234.awmdm.com'],
  ['https://cn1234.awmdm.com/airwatch', 'cn1234', 'https://cn1234.awmdm.com'],
  ['https://CN1234.AWMDM.com/AIRWATCH/aa/#/configurations/oauth-clients', 'cn1234', 'https://cn1234.awmdm.com'],
  ['https://cn1234.awmdm.com/AirWatch/#/AirWatch/Settings/RESTApi', 'cn1234', 'https://cn1234.awmdm.com'],
  ['https://cn1234.awmdm.com/AirWatch/Login?gid=ACME', 'cn1234', 'https://cn1234.awmdm.com'],
  ['https://cn1234.awmdm.com:8443/AirWatch', 'cn1234', 'https://cn1234.awmdm.com:8443'],
  ['https://cn500.airwatchportals.com/AirWatch/', 'cn500', 'https://cn500.airwatchportals.com'],
  ['https://cn2097.awfed.com/AirWatch/', 'cn2097', 'https://cn2097.awfed.com'],
  ['https://jefferson.awmdm.com/AirWatch/', 'jefferson', 'https://jefferson.awmdm.com'],
  ['https://asia.awmdm.com/', 'asia', 'https://asia.awmdm.com'],
  ['https://dsv.awmdm.com/', 'dsv', 'https://dsv.awmdm.com'],
  ['https://rmit.awmdm.com/', 'rmit', 'https://rmit.awmdm.com'],
];

const others: [url: string, why: string][] = [
  ['http://cn1234.awmdm.com/AirWatch/', 'not https'],
  ['https://rm01.awmdm.com/AirWatch/', 'Assist'],
  ['https://rm01eu.awmdm.com/', 'Assist'],
  ['https://rmsession12.awmdm.com/', 'Assist'],
  ['https://as1234.awmdm.com/', 'the API'],
  ['https://as1234.awmdm.com/AirWatch/', 'the API'],
  ['https://as2097.awfed.com/API/help', 'the API'],
  ['https://ds1234.awmdm.com/DeviceServices', 'device services'],
  ['https://awcm274.awmdm.com/', 'cloud messaging'],
  ['https://discovery.awmdm.com/', 'for all customers'],
  ['https://acme.data.workspaceone.com/', 'Intelligence'],
  ['https://na.uemauth.workspaceone.com/connect/token', 'the token service'],
  ['https://acme.workspaceoneaccess.com/', 'Access'],
  ['https://awmdm.com/AirWatch/', 'no environment'],
  ['https://a.cn1234.awmdm.com/AirWatch/', 'more than one label'],
  ['https://cn1234.awmdm.com/MyDevice/Login', 'the self-service portal'],
  ['https://cn1234.awmdm.com/api/help', 'the API\'s help'],
  ['https://cn1234.awmdm.com/AirWatchers', 'another path'],
  ['https://cn1234.awmdm.com/x/AirWatch/', 'another path'],
  ['https://cn1234.awmdm.com.evil.example/AirWatch/', 'look-alike'],
  ['https://cn1234awmdm.com/AirWatch/', 'look-alike'],
  ['https://cn1234.awmdm.co/AirWatch/', 'look-alike'],
  ['https://evil.example/AirWatch/#https://cn1234.awmdm.com', 'look-alike'],
  ['https://cn1234.awmdm.com@evil.example/AirWatch/', 'credentials in the URL'],
  ['https://kim:pw@cn1234.awmdm.com/AirWatch/', 'credentials in the URL'],
  ['https://xn--acm-gma.awmdm.com/AirWatch/', 'punycode'],
  ['https://cn1234.awmdm.com./AirWatch/', 'trailing dot: another origin'],
  ['https://-cn.awmdm.com/', 'no DNS label'],
  ['https://127.0.0.1/AirWatch/', 'IP address'],
  ['https://acme.jamfcloud.com/AirWatch/', 'another console'],
  ['about:blank', 'no web page'],
  ['blob:https://cn1234.awmdm.com/0', 'no web page'],
  ['cn1234.awmdm.com/AirWatch', 'no URL'],
  ['', 'nothing'],
];

describe('findWorkspaceOneTenant', { timeout: 60_000 }, () => {
  it.each(consoles)('%s is %s', (url, key, origin) => {
    expect(findWorkspaceOneTenant(url)).toEqual({ console: 'workspace-one', key, origin, base: origin });
  });

  it.each(others)('%s is none: %s', (url) => {
    expect(findWorkspaceOneTenant(url)).toBeUndefined();
  });

  it('never throws, and what it accepts is the URL\'s own origin', () => {
    const near = fc.webUrl().map((url) => url.replace(/\/\/[^/]+/, '//cn1234.awmdm.com'));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), near), (url) => {
        const tenant = findWorkspaceOneTenant(url);
        if (tenant) {
          expect(tenant.origin).toBe(new URL(url).origin);
          expect(new URL(url).hostname.startsWith(`${tenant.key}.`)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('on a host of its own', () => {
  it.each(['https://uem.umbra.example', 'https://10.0.0.5:8443'])('%s', (base) => {
    expect(makeOwnTenant('workspace-one', base)).toEqual({ console: 'workspace-one', key: base.slice('https://'.length), origin: base, base });
  });

  it.each(['https://as1234.awmdm.com', 'https://cn1234.awmdm.com', 'https://rm01.awmdm.com', 'https://x.data.workspaceone.com', 'https://as1.airwatchportals.com', 'https://as2097.awfed.com', 'https://docs.omnissa.com'])(
    '%s is the vendor\'s',
    (base) => expect(makeOwnTenant('workspace-one', base)).toBeUndefined(),
  );
});

describe('where the API may be', () => {
  it.each<[string, string | undefined, string[]]>([
    ['https://cn1234.awmdm.com', undefined, ['https://as1234.awmdm.com', 'https://cn1234.awmdm.com']],
    ['https://cn500.airwatchportals.com', undefined, ['https://as500.airwatchportals.com', 'https://cn500.airwatchportals.com']],
    ['https://cn1234.awmdm.com:8443', undefined, ['https://as1234.awmdm.com:8443', 'https://cn1234.awmdm.com:8443']],
    ['https://jefferson.awmdm.com', undefined, ['https://jefferson.awmdm.com']],
    ['https://cnx.awmdm.com', undefined, ['https://cnx.awmdm.com']],
    ['https://uem.umbra.example', undefined, ['https://uem.umbra.example']],
    // The rule is for Omnissa's cloud.
    ['https://cn1.umbra.example', undefined, ['https://cn1.umbra.example']],
    ['https://cn1234.awmdm.com', 'https://as2060.awmdm.com/API', ['https://as2060.awmdm.com']],
    ['https://uem.umbra.example', ' https://api.umbra.example:444/api/ ', ['https://api.umbra.example:444']],
    ['https://cn1234.awmdm.com', 'http://as2060.awmdm.com/API', ['https://as1234.awmdm.com', 'https://cn1234.awmdm.com']],
  ])('%s, shown %s', (base, shown, expected) => {
    expect(apiCandidates(base, shown)).toEqual(expected);
  });
});

describe('the REST API URL as the page shows it', { timeout: 60_000 }, () => {
  it.each([
    ['https://as2060.awmdm.com/API', 'https://as2060.awmdm.com'],
    ['https://as2060.awmdm.com/api/', 'https://as2060.awmdm.com'],
    ['https://AS2060.awmdm.com', 'https://as2060.awmdm.com'],
    ['\n https://as2060.awmdm.com/API \n', 'https://as2060.awmdm.com'],
    ['https://uem.umbra.example:8443/uem/API', 'https://uem.umbra.example:8443/uem'],
  ])('%j', (text, base) => {
    expect(readApiAddress(text)).toBe(base);
  });

  it.each([
    '', 'as2060.awmdm.com/API', 'http://as2060.awmdm.com/API', 'https://as2060.awmdm.com/API/help', 'https://as2060.awmdm.com/AirWatch/', 'https://as2060.awmdm.com/API?x=1',
    'https://as2060.awmdm.com/API#x', 'https://kim:pw@as2060.awmdm.com/API', 'https://kim@as2060.awmdm.com/API', 'https://localhost/API', 'https://[::1]/API', 'REST API URL https://as2060.awmdm.com/API',
    'https://as2060.awmdm.com/API https://evil.example/API', 'javascript:alert(1)//API', 'https://as2060.awmdm.com/%2e%2e%2fx/API', 'https://as2060.awmdm.com/a b/API',
  ])('%j is none', (text) => {
    expect(readApiAddress(text)).toBeUndefined();
  });

  it('never throws; what it gives is https, ends without a slash and reads as itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.webUrl().map((url) => `${url}/API`)), (text) => {
        const base = readApiAddress(text);
        if (base === undefined) return;
        expect(base).toMatch(/^https:\/\/[^/]+\.[^/]+(?:\/.*[^/])?$/);
        expect(readApiAddress(`${base}/API`)).toBe(base);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the token\'s address', () => {
  it.each(tokenRegions)('%s', (region) => {
    expect(tokenAddress(region)).toBe(`https://${region}.uemauth.workspaceone.com/connect/token`);
    expect(readTokenAddress(tokenAddress(region))).toBe(tokenAddress(region));
    expect(readTokenAddress(tokenAddress(region, true))).toBe(`https://${region}.uemauth.vmwservices.com/connect/token`);
    expect(readTokenAddress(` ${region.toUpperCase()} `)).toBe(tokenAddress(region));
  });

  it.each([
    ['https://na.uemauth.workspaceone.com/connect/token/', 'https://na.uemauth.workspaceone.com/connect/token'],
    ['https://sso.umbra.example/oauth/token', 'https://sso.umbra.example/oauth/token'],
  ])('%s', (text, address) => {
    expect(readTokenAddress(text)).toBe(address);
  });

  it.each(['', 'eu', 'http://na.uemauth.workspaceone.com/connect/token', 'https://na.uemauth.workspaceone.com', 'https://na.uemauth.workspaceone.com/connect', 'https://x/token', 'https://id:pw@sso.umbra.example/token', 'https://sso.umbra.example/token?secret=1'])(
    '%j is none',
    (text) => expect(readTokenAddress(text)).toBeUndefined(),
  );
});

describe('the region', () => {
  it.each([
    ['cn1234', 'Europe/Berlin', 'emea'], ['cn1234', 'Africa/Cairo', 'emea'], ['cn1234', 'Asia/Dubai', 'emea'], ['cn1234', 'Asia/Tokyo', 'apac'], ['cn1234', 'Asia/Kolkata', 'apac'],
    ['cn1234', 'Australia/Sydney', 'apac'], ['cn1234', 'Pacific/Auckland', 'apac'], ['cn1234', 'Pacific/Honolulu', 'na'], ['cn1234', 'America/Sao_Paulo', 'na'], ['cn1234', 'UTC', 'na'], ['cn1234', '', 'na'],
    ['uat', 'Europe/Berlin', 'uat'], ['acme-uat', 'Asia/Tokyo', 'uat'], ['squat', 'Europe/Berlin', 'emea'],
  ])('of %s seen from %s: %s', (key, timeZone, region) => {
    expect(guessRegion(key, timeZone)).toBe(region);
  });

  it('gives a Run its addresses, all within one permission', () => {
    expect(apiPlaceOf('apac', { apiAddress: 'https://as1.awmdm.com', organizationGroup: 'Acme' })).toEqual({ address: 'https://as1.awmdm.com', tokenUrl: tokenAddress('apac'), organizationGroup: 'Acme' });
    expect(apiPlaceOf('na', { apiAddress: 'https://as1.awmdm.com', organizationGroup: undefined })).toEqual({ address: 'https://as1.awmdm.com', tokenUrl: tokenAddress('na') });
    for (const region of tokenRegions) expect(new URL(tokenAddress(region)).hostname.endsWith(tokenHosts.replace('https://*', ''))).toBe(true);
  });
});
