import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { failureCodes, type Failure } from '../lib/failure.ts';
import type { RunAction, RunView, View } from '../lib/run/view.ts';
import { failureParams, failureWith, states } from '../test/gallery/states.ts';
import { Popup } from './Popup.tsx';

function markupOf(view: View, notice?: Failure, busy = false): string {
  return renderToStaticMarkup(<Popup view={view} busy={busy} notice={notice} onIntent={() => undefined} />);
}

const count = (markup: string, pattern: RegExp): number => [...markup.matchAll(pattern)].length;
const textOf = (markup: string): string => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim();

function expectSound(markup: string): void {
  expect(count(markup, /<h1[ >]/g)).toBe(1);
  expect(textOf(markup).length).toBeGreaterThan(30);
  expect(markup).not.toMatch(/undefined|\[object|NaN|“”/);
  // The page's policy allows none.
  expect(markup).not.toContain('style=');
}

const aFailedView = states.find((state) => state.name === 'failed-early')!.view as RunView;

describe('every state', () => {
  it.each(states)('$name', ({ view, notice, busy }) => {
    const markup = markupOf(view, notice, busy);
    expectSound(markup);
    // Pasted credentials have a button of their own, and so has another name.
    if ('runId' in view) expect(count(markup, /<button/g)).toBe(view.actions.length + (view.ask?.kind === 'capture' || view.uem?.part === 'api-key' ? 1 : 0) + (view.ask?.kind === 'capture' && view.wanted.builtInRole ? 1 : 0) + (view.uem?.part && view.uem.part !== 'wizard' ? 1 : 0));
    for (const id of markup.matchAll(/ (?:for|form|aria-describedby)="([^"]+)"/g)) expect(markup).toContain(` id="${id[1]}"`);
  });

  it('covers every kind of view', () => {
    const kinds: Record<View['kind'], true> = { 'not-a-console': true, 'own-host': true, 'services': true, 'connections': true, 'connection': true, 'service-setup': true, 'choose': true, 'uem-choose': true, 'running': true, 'needs-admin': true, 'failed': true, 'cancelled': true, 'undone': true, 'connected': true };
    expect(new Set(states.map((state) => state.view.kind))).toEqual(new Set(Object.keys(kinds)));
  });
});

describe('every failure', () => {
  const cases = failureCodes.flatMap((code) => [...failureParams[code], {}].map((params) => ({ code, params })));

  it.each(cases)('$code $params stops with cause and next step', ({ code, params }) => {
    const markup = markupOf({ ...aFailedView, failure: failureWith(code, params) });
    expectSound(markup);
    expect(markup).toContain('role="alert"');
  });

  it.each(cases)('$code $params fits wherever an intent failed', ({ code, params }) => {
    for (const name of ['setup', 'choose', 'sign-in', 'failed-early', 'cancelled-made']) {
      const markup = markupOf(states.find((state) => state.name === name)!.view, failureWith(code, params));
      expectSound(markup);
      expect(count(markup, /role="alert"/g)).toBe(1);
    }
  });
});

describe('every action', () => {
  const actions: Record<RunAction, true> = {
    'retry': true, 'continue': true, 'borrow-token': true, 'sign-in': true, 'capture-shown': true, 'open-credentials': true, 'guide': true, 'open-console': true, 'allow-console': true, 'allow-service': true, 'service-key': true,
    'take-over': true, 'open-part': true, 'open-service': true, 'by-api': true, 'finish': true, 'edit': true, 'undo': true, 'cancel': true, 'dismiss': true, 'consent': true, 'waive': true,
  };

  it.each(Object.keys(actions) as RunAction[])('%s has a button', (action) => {
    const markup = markupOf({ ...aFailedView, actions: [action] });
    expect(markup).toMatch(/<button[^>]*>[^<]{4,}<\/button>/);
  });

  it('stands in the order of the view, the main one first', () => {
    const markup = markupOf({ ...aFailedView, actions: ['retry', 'allow-service', 'service-key', 'undo', 'dismiss'] });
    const buttons = [...markup.matchAll(/<button[^>]*class="button button-(\w+)"[^>]*>([^<]*)/g)].map((match) => `${match[1]} ${match[2]}`);
    expect(buttons).toEqual([
      'primary Try again',
      'secondary Allow access to api.northwind-saas.example',
      'secondary Change address or key',
      'quiet Undo the changes',
      'quiet Leave it as it is',
    ]);
  });
});

describe('guided', () => {
  const viewOf = (name: string): RunView => states.find((state) => state.name === name)!.view as RunView;
  const led = viewOf('guided');
  const buttonsOf = (markup: string): string[] => [...markup.matchAll(/<button[^>]*class="button button-(\w+)"[^>]*>([^<]*)/g)].map((match) => `${match[1]} ${match[2]}`);
  const lineOf = (markup: string): string | undefined => /<p class="card guide-line" role="status">(.*?)<\/p>/.exec(markup)?.[1];
  /** Whether the way by hand lies open. */
  const isByHandOpen = (markup: string): boolean => /<details[^>]* open=""/.test(markup);

  it('says what the card in the page says, and how far it is', () => {
    const markup = markupOf(led);
    expect(textOf(lineOf(markup)!)).toBe('Press “New” 3 of 10');
    expect(textOf(/<h1.*?<\/h1>/.exec(markup)![0])).toBe('Follow the guide in Jamf Pro');
    expect(buttonsOf(markup)).not.toContain('primary Capture it');
    expect(isByHandOpen(markup)).toBe(false);
  });

  it('off the straight way there is no number', () => {
    expect(lineOf(markupOf({ ...led, guide: { title: 'Sign in first', progress: '', isSecretShown: false, step: 'new-role' } }))).toBe('Sign in first');
  });

  it('waits for the guide to speak', () => {
    expect(lineOf(markupOf({ ...led, guide: undefined }))).toBe('The guide starts as soon as Jamf Pro is open.');
  });

  it('offers to capture what is in sight, first', () => {
    const markup = markupOf(viewOf('guided-secret-shown'));
    expect(lineOf(markup)).toBeUndefined();
    expect(textOf(/<h1.*?<\/h1>/.exec(markup)![0])).toBe('The secret is on the screen');
    expect(buttonsOf(markup)).toContain('primary Capture it');
    expect(textOf(markup)).not.toContain('The secret is here');
  });

  it('the way by hand lies open once capturing failed', () => {
    for (const view of [led, viewOf('guided-secret-shown')]) {
      expect(isByHandOpen(markupOf(view, failureWith('capture-unreadable', { problem: 'not-shown' })))).toBe(true);
      expect(isByHandOpen(markupOf(view, failureWith('service-busy')))).toBe(false);
    }
    expect(isByHandOpen(markupOf({ ...led, ask: { kind: 'capture', failure: failureWith('credentials-not-accepted', { reason: 'invalid_client', by: 'hand' }) } }))).toBe(true);
  });

  it.each(['not-shown', 'no-secret', 'no-client-id', 'secret-truncated'])('says why nothing was captured: %s', (problem) => {
    const plain = textOf(markupOf(led, failureWith('capture-unreadable', { problem: 'x' })));
    const markup = markupOf(led, failureWith('capture-unreadable', { problem }));
    expectSound(markup);
    expect(textOf(markup)).not.toBe(plain);
  });
});

describe('what matters', () => {
  const named = (name: string): string => {
    const { view, notice } = states.find((state) => state.name === name)!;
    return markupOf(view, notice);
  };

  it('shows the workspace key filled and read-only', () => {
    const markup = named('choose');
    const id = /<label for="([^"]+)">Workspace key</.exec(markup)?.[1];
    expect(markup).toMatch(new RegExp(`<input id="${id}" readOnly="" value="acme"`));
  });

  it('never fills in a key or a password', () => {
    for (const { view, notice } of states) {
      for (const [input] of markupOf(view, notice).matchAll(/<input[^>]*type="password"[^>]*>/g)) {
        expect(input).toContain('autoComplete="off"');
        expect(input).not.toContain('value=');
      }
    }
  });

  it('fills in the address where only the key is missing', () => {
    expect(named('setup-key-missing')).toContain('value="https://api.northwind-saas.example/tenant"');
  });

  it('offers the browser’s permission where the service is out of reach', () => {
    expect(named('setup-unreachable')).toMatch(/<button[^>]*type="submit"[^>]*>Allow access and try again</);
  });

  it('says what consent means', () => {
    const text = textOf(named('consent'));
    expect(text).toContain('A new secret stops the one in use');
    expect(text).toContain('Reporting and Backup');
  });

  it('announces the step at work, once', () => {
    expect(named('running-secret')).toMatch(/role="status">Getting the client secret</);
    expect(named('connected')).toMatch(/role="status"><\/p>/);
  });

  it('gives a receipt', () => {
    const markup = named('connected');
    expect(textOf(markup)).toMatch(/1,204/);
    expect(textOf(markup)).toContain('No secret was typed, copied or shown');
    expect(textOf(markup)).toContain('Took 14 seconds');
    expect(markup).toMatch(/<a [^>]*target="_blank" rel="noopener noreferrer"/);
  });

  it('links to nothing but https', () => {
    const { view } = states.find((state) => state.name === 'connected')!;
    const { receipt } = view as RunView;
    expect(markupOf({ ...(view as RunView), receipt: { ...receipt!, accountsUrl: 'javascript:alert(1)' } })).not.toContain('<a ');
  });
});
