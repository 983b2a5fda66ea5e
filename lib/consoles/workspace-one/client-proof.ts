import { KeyferryError } from '../../failure.ts';
import type { Secret } from '../../vault/secret.ts';
import type { ApiPlace, CredentialProof } from '../console.ts';
import { createWorkspaceOneApi } from './api.ts';
import { requestToken } from './oauth.ts';
import { apiCandidates, tokenAddress, tokenRegions } from './tenant.ts';

export interface ClientProofOptions {
  /** Of the console. */
  base: string;
  /** Where the API and the tokens are thought to be. */
  api: ApiPlace;
  clientId: string;
  secret: Secret;
  signal: AbortSignal;
  fetch?: typeof fetch;
}

/**
 * Uses an OAuth client as a service will: a token, then the one call that asks for no right of its own. A client is known in its own
 * region alone, so one that is refused is tried once in each of the others; where another server has the API, that one counts.
 * @throws {KeyferryError} uem-client-refused, uem-right-missing, uem-api-disabled, uem-quota-used-up, console-unreachable, console-busy
 */
export async function proveClient({ base, api, signal, fetch: send = fetch, ...client }: ClientProofOptions): Promise<CredentialProof> {
  const ask = async (address: string): Promise<{ token: Secret; tokenUrl: string }> => ({ token: (await requestToken({ ...client, address, signal, fetch: send })).token, tokenUrl: address });
  const { token, tokenUrl } = await ask(api.tokenUrl).catch(async (thrown: unknown) => {
    if (!isCode(thrown, 'uem-client-refused')) throw thrown;
    const others = tokenRegions.map((region) => tokenAddress(region)).filter((address) => address !== api.tokenUrl);
    for (const address of others) {
      // What another region has to say, down or not to be reached, does not count.
      const found = await ask(address).catch(() => undefined);
      if (found) return found;
      signal.throwIfAborted();
    }
    throw new KeyferryError('uem-client-refused', { ...thrown.failure.params, regions: [...tokenRegions] });
  });
  const addresses = [...new Set([api.address, ...apiCandidates(base)])];
  for (const address of addresses) {
    try {
      await createWorkspaceOneApi({ base: address, credentials: { kind: 'bearer', token }, signal, count: () => undefined, fetch: send }).readSystemInfo();
      return { roleIds: undefined, api: { address, tokenUrl } };
    } catch (thrown) {
      if (address === addresses.at(-1) || !isCode(thrown, 'console-unreachable', 'console-answer-unreadable')) throw thrown;
    }
  }
  throw new Error('no address');
}

const isCode = (thrown: unknown, ...codes: string[]): thrown is KeyferryError => thrown instanceof KeyferryError && codes.includes(thrown.failure.code);
