import { describe, expect, it } from 'vitest';
import { failureCodes } from '../../lib/failure.ts';
import { PRIVILEGES } from '../../test/sandbox/jamf-pro/privileges.ts';
import { failureParams } from '../../test/gallery/states.ts';
import { en } from './en.ts';
import { formatOf } from './format.ts';

/** Every text of a language: functions are called with what they could be given. */
function textsOf(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [1, 2].map((argument): [string, string] => [path, String((value as (...args: unknown[]) => unknown)(argument, 'created'))]);
  return Object.entries(value as object).flatMap(([key, inner]) => textsOf(inner, `${path}.${key}`));
}

describe('English', () => {
  const { failures, privileges, services: { takes, ...services }, connections: { disconnect: { consoleHint, ...disconnect }, ...connections }, undone: { left, ...undone }, ...rest } = en;
  const texts = [
    ...textsOf({ ...rest, services, connections: { ...connections, disconnect }, undone }),
    ['consoleHint', consoleHint(['Keyferry: Org', 'Keyferry: Org'])] as [string, string],
    ['left', left(['API role “A”', 'API client “A”'])] as [string, string],
    ...failureCodes.flatMap((code) =>
      [...failureParams[code], {}].flatMap((params): [string, string][] => [
        [`${code}.cause`, failures[code].cause(params)],
        [`${code}.next`, failures[code].next(params)],
      ]),
    ),
  ];

  it.each(texts)('%s: %s', (_, text) => {
    expect(text.trim()).not.toBe('');
    expect(text).not.toMatch(/undefined|\s{2}|“”|\(\)|\s[.,]/);
    // Our own words for things are not the admin's.
    expect(text).not.toMatch(/\b(?:runs?|rungs?|registrations?|recipes?|vault)\b/i);
  });

  it('ends causes and next steps as sentences', () => {
    for (const code of failureCodes) {
      for (const params of [...failureParams[code].filter((one) => !('reason' in one) && !('message' in one)), {}]) {
        expect(failures[code].cause(params)).toMatch(/\.$/);
        expect(failures[code].next(params)).toMatch(/\.$/);
      }
    }
  });

  it.each([
    [['Read Computers'], ['Read computers']],
    [['Read Buildings', 'Read Mobile Devices', 'Create Accounts', 'Read Computers'], ['Read buildings, mobile devices, and computers', 'Create accounts']],
    [['Read macOS Configuration Profiles', 'Read API Roles', 'Send Computer Remote Lock Command'], ['Read macOS configuration profiles and API roles', 'Send computer remote lock command']],
    [['Allow User to Enroll', 'View Jamf Pro Server Logs'], ['Allow user to enroll', 'View Jamf Pro server logs']],
    [[], []],
  ])('privileges as sentences: %j', (names, sentences) => {
    expect(privileges(names)).toEqual(sentences);
  });

  it('says what is taken, and how', () => {
    expect(takes.api(['Devices'])).toBe('Devices, set up by API');
    expect(takes.form(['Accounts', 'Devices'])).toBe('Accounts and devices, filled into its own form');
  });

  it('no privilege of the console is lost in its sentence', () => {
    for (const name of PRIVILEGES) expect(privileges([name]).map((sentence) => sentence.toLowerCase())).toEqual([name.toLowerCase()]);
  });

  it('counts', () => {
    expect(en.common.accounts(1)).toBe('1 account');
    expect(en.common.devices(12345)).toBe('12,345 devices');
  });
});

describe('durations', () => {
  it.each([
    [0, '1 second'],
    [14_200, '14 seconds'],
    [60_000, '1 minute'],
    [94_000, '1 minute, 34 seconds'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatOf('en').duration(ms)).toBe(text);
  });
});
