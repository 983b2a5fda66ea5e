import { describe, expect, it } from 'vitest';
import { rungIds } from '../consoles/console.ts';
import { workspaceOne } from '../consoles/workspace-one/adapter.ts';
import { tokenAddress } from '../consoles/workspace-one/tenant.ts';
import { siteOf } from '../background/guided-site.ts';
import type { Failure } from '../failure.ts';
import { openWorkspaceOne } from '../recipes/open-workspace-one.ts';
import { apiCourse } from './api-course.ts';
import type { RunEvent, StepResult } from './machine.ts';
import { guidedStepIds, type Run, type RunSetup } from './run.ts';
import { createRun, transition } from './transition.ts';
import { servicesInput } from '../../test/fixtures/service-samples.ts';
import { viewOf, type RunView } from './view.ts';

/* A console where the guide is the only way: Workspace ONE UEM. */

const setup: RunSetup = {
  tenant: { console: 'workspace-one', key: 'cn1234', origin: 'https://cn1234.awmdm.com', base: 'https://cn1234.awmdm.com' },
  service: { id: 'integration-api', address: 'https://service.example' },
  dataSets: ['accounts'],
  group: null,
  name: 'Keyferry: Org',
  api: { address: 'https://as1234.awmdm.com', tokenUrl: tokenAddress('emea'), organizationGroup: 'Acme' },
};
const base = { tabId: 1, clicks: 1 };
const secret = 'capture';
let clock = 0;
const apply = (run: Run, event: DistributiveOmit<RunEvent>): Run => transition(run, { ...event, at: (clock += 10) }, apiCourse(openWorkspaceOne, workspaceOne)).run;
type DistributiveOmit<T> = T extends { at: number } ? Omit<T, 'at'> : never;
const attempt = (run: Run): number => (run.phase.kind === 'working' ? (run.phase.attempt?.startedAt ?? 0) : 0);
const done = (run: Run, result: StepResult): Run => apply(run, { type: 'step-done', attempt: attempt(run), result, consoleCalls: 0 });
const failed = (run: Run, failure: Partial<Failure>): Run => apply(run, { type: 'step-failed', attempt: attempt(run), failure: { code: 'unexpected', params: {}, certainty: 'not-done', ...failure }, consoleCalls: 0 });
const captured = (run: Run, clientId = 'c-1'): Run => apply(run, { type: 'captured', clientId, clicks: 1 });

const begun = (): Run => apply(createRun('run-1', setup, 1, 0, { clicks: 1, consoleCalls: 0 }), { type: 'begin' });
const looked = (registration: { id: string; clientId: string } | null = null): Run => done(done(begun(), { step: 'service-key', organization: 'Org' }), { step: 'find-registration', registration });

const viewOfRun = (run: Run, changes: object = {}): RunView =>
  viewOf({ tenant: setup.tenant, run, services: servicesInput(), about: undefined, service: undefined, recipe: openWorkspaceOne, draft: undefined, guide: undefined, groups: undefined, ...changes }) as RunView;

describe('where the guide is the only way', () => {
  it('the Run is on it from the beginning, and asks for what the admin makes', () => {
    const run = looked();
    expect(run).toMatchObject({ rung: 'guided', phase: { kind: 'needs-admin', step: 'secret', ask: { kind: secret, failure: null } } });
    expect(siteOf(run)).toEqual({
      base: setup.tenant.base,
      goal: { guide: 'workspace-one', part: 'oauth-client', name: 'Keyferry: Org', description: 'For Org, by Keyferry', role: 'Read Only', organizationGroup: 'Acme' },
      secrets: [],
      part: undefined,
    });
    expect(viewOfRun(run)).toMatchObject({ actions: ['open-credentials', 'cancel'], wanted: { name: 'Keyferry: Org', privileges: [], builtInRole: 'Read Only', organizationGroup: 'Acme' } });
  });

  it('nobody is led or brought elsewhere', () => {
    for (const rung of rungIds.filter((id) => id !== 'guided')) {
      expect(apply(looked(), { type: 'use-rung', rung, ...base }).rung).toBe('guided');
      expect(apply(failed(captured(looked()), {}), { type: 'use-rung', rung, ...base }).rung).toBe('guided');
    }
    for (const code of ['console-session-refused', 'sign-in-expired', 'page-token-missing'] as const) {
      const { phase } = failed(begun(), { code });
      expect(phase).toMatchObject({ kind: 'needs-admin', ask: { kind: 'rung', offered: ['guided'] } });
    }
  });

  it('the proof says where the client works; the service is told that', () => {
    const run = done(captured(looked()), { step: 'proof', api: { address: 'https://as1234.awmdm.com', tokenUrl: tokenAddress('na') } });
    expect(run).toMatchObject({ phase: { kind: 'working', step: 'register' }, setup: { api: { tokenUrl: tokenAddress('na'), organizationGroup: 'Acme' } } });
    const connected = done(done(run, { step: 'register', made: { id: 'int-1', origin: 'created' } }), { step: 'outcome', accounts: 7, devices: null, accountsUrl: null });
    expect(connected.done.filter((step) => !(guidedStepIds as readonly string[]).includes(step))).toEqual([]);
    expect(connected.phase).toMatchObject({ kind: 'connected', receipt: { role: { name: 'Read Only', origin: 'found' }, client: { name: 'Keyferry: Org' } } });
  });

  it('a refused client: captured anew, or the same once more', () => {
    const refused = failed(captured(looked()), { code: 'uem-client-refused' });
    expect(refused.phase).toMatchObject({ kind: 'needs-admin', step: 'secret', ask: { kind: secret, failure: { code: 'uem-client-refused', params: { by: 'hand', console: 'workspace-one' } } } });
    expect(viewOfRun(refused).actions).toEqual(['retry', 'open-credentials', 'cancel']);
    expect(apply(refused, { type: 'retry', ...base }).phase).toMatchObject({ kind: 'working', step: 'proof' });
    expect(captured(refused, 'c-2')).toMatchObject({ phase: { kind: 'working', step: 'proof' }, made: { secrets: 2, client: { value: { clientId: 'c-2' } } } });
  });

  it.each(['uem-right-missing', 'uem-api-disabled', 'console-unreachable'] as const)('%s: mended in the console, tried again with the same client', (code) => {
    const stopped = failed(captured(looked()), { code });
    expect(viewOfRun(stopped).actions).toEqual(['retry', ...(code === 'console-unreachable' ? ['allow-console'] : []), 'dismiss']);
    expect(apply(stopped, { type: 'retry', ...base }).phase).toMatchObject({ kind: 'working', step: 'proof' });
  });

  it('a taken name is changed as long as nothing is connected, also after a capture', () => {
    for (const run of [looked(), failed(captured(looked()), { code: 'secret-lost' })]) {
      const renamed = apply(run, { type: 'edit', setup: { ...setup, name: 'Another' }, ...base });
      expect(renamed).toMatchObject({ setup: { name: 'Another', api: setup.api }, phase: { kind: 'working', step: 'service-key' } });
      const again = captured(done(done(renamed, { step: 'service-key', organization: 'Org' }), { step: 'find-registration', registration: null }), 'c-2');
      expect(again.made.client?.value).toMatchObject({ name: 'Another', clientId: 'c-2', roles: ['Read Only'] });
    }
  });

  it('a connection that was there before is replaced only with a yes, before anything is made', () => {
    const asking = looked({ id: 'int-0', clientId: 'c-0' });
    expect(asking.phase).toMatchObject({ kind: 'needs-admin', ask: { kind: 'consent', changes: [{ object: 'registration', name: 'Org' }] } });
    expect(apply(asking, { type: 'consent', clicks: 1 }).phase).toMatchObject({ kind: 'needs-admin', ask: { kind: secret } });
  });
});
