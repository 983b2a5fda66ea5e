import type { Page } from 'puppeteer-core';
import type { RequestType } from '../../lib/messages/protocol.ts';
import type { RunSetup } from '../../lib/run/run.ts';
import type { Connection } from '../../lib/storage/connections.ts';
import type { JamfTenant } from '../sandbox/types.ts';
import { expect } from './harness/fixtures.ts';
import type { Harness } from './harness/harness.ts';
import { readRun } from './story.ts';

/* Life after the first connection, by the messages that the popup sends. */

/** @returns the failure's code, or `done` */
export async function send(harness: Harness, type: RequestType, data: unknown): Promise<string> {
  return harness.inExtension(
    async (api, what, about) => {
      const answer = await api.runtime.sendMessage<unknown, { failure?: { code: string } }>({ keyferry: api.runtime.getManifest().version, type: what, data: about });
      return answer.failure?.code ?? 'done';
    },
    type,
    data,
  );
}

export async function readConnections(harness: Harness): Promise<Connection[]> {
  const { connections } = await harness.storage('local');
  return (connections as { data: Connection[] } | undefined)?.data ?? [];
}

/** The only one. */
export async function readConnection(harness: Harness): Promise<Connection> {
  const [connection, ...others] = await readConnections(harness);
  if (!connection || others.length > 0) throw new Error(`${String(others.length + (connection ? 1 : 0))} connections`);
  return connection;
}

export async function tabOf(harness: Harness, { origin }: { origin: string }): Promise<number> {
  return harness.inExtension(async (api, url) => (await api.tabs.query({ url: `${url}/*` }))[0]?.id ?? -1, origin);
}

/** Begins a Run on the connection that is there. */
export async function begin(harness: Harness, tenant: JamfTenant, purpose: RunSetup['purpose'], changes: Partial<RunSetup> = {}): Promise<void> {
  const { setup } = await readConnection(harness);
  expect(await send(harness, 'connect', { setup: { ...setup, ...changes, purpose }, tabId: await tabOf(harness, tenant), clicks: 1 })).toBe('done');
}

/** Waits until the newest Run is of this purpose and stands so. */
export async function expectEnd(harness: Harness, purpose: RunSetup['purpose'], kind: string): Promise<void> {
  const read = async (): Promise<unknown> => {
    const { setup, phase } = await readRun(harness);
    return [setup.purpose, phase.kind];
  };
  await expect.poll(read, { timeout: 30_000 }).toEqual([purpose, kind]);
}

export async function check(harness: Harness, tenant: JamfTenant): Promise<Connection['checked']> {
  const { id } = await readConnection(harness);
  expect(await send(harness, 'check-connection', { id, tabId: await tabOf(harness, tenant) })).toBe('done');
  return (await readConnection(harness)).checked;
}

/** Whether the secret of the tenant's only client gets a token. */
export async function counts(page: Page, tenant: JamfTenant, secret: string | undefined): Promise<boolean> {
  const { clientId } = tenant.clients()[0]!;
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret ?? '' }).toString();
  return page.evaluate(async (form) => (await fetch('/api/v1/oauth/token', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form })).ok, body);
}
