import type { Caller, Environment } from './environment.ts';
import type { ApiKey, OAuthClient } from './records.ts';
import { Ws1Refusal } from './refusal.ts';

/** Who calls: by token of an OAuth client, or by API key with name and password; throws the answer where neither fits. */
export function getApiCaller(environment: Environment, request: Request): { caller: Caller; countedFor: ApiKey | OAuthClient } {
  const authorization = request.headers.get('authorization') ?? '';
  const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  if (token !== undefined) {
    // A tenant code beside it is not looked at [clients send one or none].
    const client = environment.clientOfToken(token);
    // unverified: code and words.
    if (client === undefined) throw new Ws1Refusal(401, 1005, 'The access token is invalid or expired.');
    checkEnabled(environment);
    return { caller: { kind: 'client', client }, countedFor: client };
  }

  const code = request.headers.get('aw-tenant-code') ?? '';
  const key = environment.findKey(code);
  // [recorded body; 403 as one client maps it]; unverified: that it repeats what was sent, and that the key is checked before the password.
  if (key === undefined) throw new Ws1Refusal(403, 1013, `Tenant code ${code} does not identify an Organization Group.`);
  checkEnabled(environment);
  // unverified: code and words.
  if (!environment.basicEnabled) throw new Ws1Refusal(401, 1005, 'Basic authentication is not enabled for the organization group.');
  const [, encoded = ''] = /^Basic (\S+)$/i.exec(authorization) ?? [];
  const [, username = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  // unverified: a key for enrollment users makes the name one of those, so that no administrator is found.
  const admin = key.accountType === 'Admin' ? environment.findByPassword(username, password) : undefined;
  if (admin === undefined) {
    // [recorded]
    throw new Ws1Refusal(401, 1005, `An error occurred while validating remote service client credentials or user not found : ${username}`);
  }
  return { caller: { kind: 'admin', admin }, countedFor: key };
}

function checkEnabled(environment: Environment): void {
  // unverified: code and words.
  if (!environment.apiEnabled) throw new Ws1Refusal(403, 403, 'API access is not enabled for the organization group.');
}
