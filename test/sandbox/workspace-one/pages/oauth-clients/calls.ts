import type { ConsoleLanguage } from '../../../types.ts';
import { WORDS } from '../words.ts';
import type { Words } from '../words.ts';
import type { Choice, ClientInput, ClientRow, MadeClient, Refusal } from './data.ts';

export const words: Words = WORDS[document.documentElement.lang as ConsoleLanguage];

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const token = document.querySelector<HTMLInputElement>('input[name="__RequestVerificationToken"]')?.value ?? '';
  const headers = { 'content-type': 'application/json', 'X-Requested-With': 'XMLHttpRequest', RequestVerificationToken: token };
  const answer = await fetch(`/AirWatch/aa/api/${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
  const json = isJson ? ((await answer.json()) as T & Refusal & { IsSessionExpired?: boolean }) : undefined;
  if (json === undefined || json.IsSessionExpired === true) {
    location.reload();
    // The page goes away.
    return await new Promise<T>(() => undefined);
  }
  if (!answer.ok) throw new Error(json.message);
  return json;
}

export const loadClients = (): Promise<ClientRow[]> => call('GET', 'oauth-clients');
export const loadGroups = (): Promise<Choice[]> => call('GET', 'groups');
export const loadRoles = (group: number): Promise<Choice[]> => call('GET', `groups/${group}/roles`);
export const addClient = (input: ClientInput): Promise<MadeClient> => call('POST', 'oauth-clients', input);
