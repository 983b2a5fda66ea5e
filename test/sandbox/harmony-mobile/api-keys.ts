import { randomBytes, randomUUID } from 'node:crypto';
import type { ApiKeyInput, ApiKeyRow } from './app/data.ts';

/** The portal's own API keys; the access key is told once. They count in the account's region alone. */
export class ApiKeys {
  readonly region: 'eu' | 'us';
  readonly #keys: (ApiKeyRow & { accessKey: string })[] = [];

  constructor(region: ApiKeys['region']) {
    this.region = region;
  }

  issue(input: ApiKeyInput): { clientId: string; accessKey: string } {
    const key = { clientId: randomUUID().replaceAll('-', ''), accessKey: randomBytes(16).toString('hex') };
    this.#keys.push({ ...input, ...key });
    return key;
  }

  rows(): ApiKeyRow[] {
    return this.#keys.map(({ accessKey: _accessKey, ...row }) => row);
  }

  /** Whether this is a key for Harmony Mobile in that region. */
  isKey(region: string, clientId: string, accessKey: string): boolean {
    return region === this.region && this.#keys.some((one) => one.service === 'Harmony Mobile' && one.clientId === clientId && one.accessKey === accessKey);
  }

  get secrets(): string[] {
    return this.#keys.map(({ accessKey }) => accessKey);
  }
}
