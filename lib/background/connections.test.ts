import { fakeBrowser } from 'wxt/testing/fake-browser';
import { beforeEach, describe, expect, it } from 'vitest';
import { client, connected, failed, failureOf, later, laterAt, role } from '../../test/fixtures/run-samples.ts';
import { samples as uemSamples } from '../../test/fixtures/uem-samples.ts';
import { runKey, type Run } from '../run/run.ts';
import { connections, type Connection } from '../storage/connections.ts';
import { runStore } from '../storage/runs.ts';
import { connectionsAfter, forgetConnection, getConnection, keepConnections, setChecked } from './connections.ts';

/* The samples share a clock: what is made later happened later. */

const onlyOne = (runs: Run[], known: Connection[] = []): Connection => {
  const [one, ...others] = connectionsAfter(runs, known);
  if (!one || others.length > 0) throw new Error(`${String(others.length)} more, or none`);
  return one;
};
const away = failureOf('service-unreachable', { host: 'x', status: '' });

describe('what the Runs say', () => {
  it('a connected one makes an entry, with all but its purpose', () => {
    const run = connected();
    const { made, setup } = run;
    expect(onlyOne([run])).toEqual({ id: runKey(setup), setup, made, waived: [], receipt: run.phase.kind === 'connected' && run.phase.receipt, connectedAt: run.journal.at(-1)?.at, runId: 'run-1', checked: null });
  });

  it('a later one changes it: what Keyferry created stays known as that', () => {
    const first = connected();
    const run = laterAt(undefined, later('edit', { changes: { dataSets: ['accounts'], group: null, name: 'Other' } }), { role: { step: 'role', made: { value: { ...role, privileges: ['Read Accounts'] }, origin: 'changed', before: role } } });
    const entry = onlyOne([run, first]);
    expect(entry.setup).toEqual({ ...first.setup, dataSets: ['accounts'], group: null, name: 'Other' });
    expect(entry.made).toMatchObject({ role: { value: { privileges: ['Read Accounts'] }, origin: 'created' }, client: { value: client, origin: 'created' }, registration: { id: 'int-1', origin: 'created' } });
    expect(entry.runId).toBe('run-2');
    // In whatever order and however often.
    expect(onlyOne([first, run], [entry])).toEqual(entry);
    expect(onlyOne([first], [entry])).toEqual(entry);
    expect(onlyOne([run], [onlyOne([first])])).toEqual(entry);
  });

  it('a replaced registration is the same one, another role of the name is not', () => {
    const first = onlyOne([connected()]);
    const run = laterAt(undefined, later('edit', { can: { keepSecret: false } }), {
      'find-role': { step: 'find-role', role: { ...role, id: '99' } },
      'role': { step: 'role', made: { value: { ...role, id: '99' }, origin: 'found' } },
      'register': { step: 'register', made: { id: 'int-2', origin: 'changed' } },
    });
    expect(onlyOne([run], [first]).made).toMatchObject({ role: { value: { id: '99' }, origin: 'found' }, registration: { id: 'int-2', origin: 'created' } });
  });

  it('a service that says nothing leaves its last word', () => {
    const first = onlyOne([connected()]);
    const { receipt } = onlyOne([laterAt(undefined, later('rights', { can: { sync: false } }))], [first]);
    expect(receipt).toEqual(first.receipt);
  });

  it('a disconnected one is gone, unless it was connected again', () => {
    const first = connected();
    const end = laterAt(undefined, later('disconnect'));
    expect(connectionsAfter([end, first], [])).toEqual([]);
    expect(connectionsAfter([end], [onlyOne([first])])).toEqual([]);
    expect(connectionsAfter([first, end, { ...connected(), id: 'run-3' }], []).map(({ runId }) => runId)).toEqual(['run-3']);
  });

  it('one for each service and organization; of the course “UEM” too', () => {
    const at = (address: string, account?: string): Run => ({ ...connected(), id: address + String(account), setup: { ...connected().setup, service: { id: 'integration-api', address, account } } });
    expect(connectionsAfter([at('https://a.example'), at('https://b.example', 'x'), at('https://b.example', 'y')], [])).toHaveLength(3);
    const uem = uemSamples.map(([, run]) => run).filter(({ phase }) => phase.kind === 'connected');
    expect(uem.length).toBeGreaterThan(0);
    expect(onlyOne([uem[0]!]).receipt.uem).toBeDefined();
  });

  it.each<[string, () => Run, Connection['checked']]>([
    ['a dead secret', () => failed(laterAt('register', later('rotate')), away).run, expect.objectContaining({ state: 'failing', failure: expect.objectContaining({ code: 'secret-not-handed-over' }) as unknown }) as Connection['checked']],
    ['something gone', () => laterAt(undefined, later('rotate'), { 'find-client': { step: 'find-client', client: null } }), expect.objectContaining({ state: 'gone' }) as Connection['checked']],
    ['nothing, before the secret', () => failed(laterAt('find-client', later('rotate')), away).run, null],
    ['nothing, while it works', () => laterAt('register', later('rotate')), null],
    ['nothing, once it was handed over', () => failed(laterAt('outcome', later('rotate')), away).run, null],
  ])('one that stopped leaves %s', (_what, make, checked) => {
    const first = onlyOne([connected()]);
    const run = make();
    const entry = onlyOne([run], [first]);
    expect(entry).toEqual({ ...first, checked });
    // Put aside: it stays so, until somebody has looked since, or another Run has mended it.
    expect(onlyOne([{ ...run, dismissed: true, updatedAt: 9e15 }], [first])).toEqual(entry);
    const seen: Connection = { ...entry, checked: { at: 9e15, state: 'connected', failure: null, missing: [], surplus: [], accounts: 1, devices: null } };
    expect(onlyOne([run], [seen])).toEqual(seen);
    expect(onlyOne([{ ...laterAt(undefined, later('rotate')), id: 'run-3' }, run], [entry]).checked).toBeNull();
  });

  it('a new secret mends no rights', () => {
    const checked = { at: 1, state: 'rights-changed', failure: null, missing: ['Read Sites'], surplus: [], accounts: 1, devices: null } as const;
    const first: Connection = { ...onlyOne([connected()]), checked: { ...checked, missing: [...checked.missing], surplus: [] } };
    expect(onlyOne([laterAt(undefined, later('rotate'))], [first]).checked).toEqual(checked);
    expect(onlyOne([laterAt(undefined, later('rights'))], [first]).checked).toBeNull();
  });
});

describe('kept', () => {
  beforeEach(() => fakeBrowser.reset());

  it('what was written and not taken in is taken in at the next start; nothing is written twice', async () => {
    await runStore.put(connected());
    await Promise.all([keepConnections(), keepConnections()]);
    const [entry] = await connections.get();
    expect(entry).toEqual(onlyOne(await runStore.list()));
    let writes = 0;
    fakeBrowser.storage.onChanged.addListener(() => void (writes += 1));
    await keepConnections();
    expect(writes).toBe(0);
  });

  it('a check is written, unless a Run has changed the connection meanwhile', async () => {
    await runStore.put(connected());
    await keepConnections();
    const entry = (await connections.get())[0]!;
    const checked = { at: 1, state: 'connected', failure: null, missing: [], surplus: [], accounts: 1, devices: null } as const;
    await setChecked({ ...entry, runId: 'other' }, { ...checked, missing: [], surplus: [] });
    expect((await getConnection(entry.id)).checked).toBeNull();
    await setChecked(entry, { ...checked, missing: [], surplus: [] });
    expect((await getConnection(entry.id)).checked).toEqual(checked);
  });

  it('forgotten is forgotten; a Run that is open goes on', async () => {
    const open = failed(laterAt('register', later('rotate')), away).run;
    await runStore.put(connected());
    await runStore.put(open);
    await keepConnections();
    const { id } = (await connections.get())[0]!;
    await forgetConnection(id);
    await keepConnections();
    expect(await connections.get()).toEqual([]);
    expect((await runStore.list()).map((run) => run.id)).toEqual([open.id]);
    await expect(getConnection(id)).rejects.toMatchObject({ failure: { code: 'bad-input' } });
  });
});
