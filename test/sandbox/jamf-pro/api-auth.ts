import type { AddRoute, ApiContext } from './api-route.ts';
import { ApiError, unauthorized } from './errors.ts';
import type { Caller } from './sessions.ts';
import type { TenantState } from './tenant-state.ts';

/** Tokens and "who am I". */
export function addAuthRoutes(add: AddRoute, tenant: TenantState): void {
  const { sessions, rolesAndClients } = tenant;

  add('POST', '/v1/auth/token', 'open', (c) => {
    const [, encoded = ''] = /^Basic (\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
    const [, username = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
    const account = sessions.findLocalAccount(username, password);
    if (account === undefined) throw unauthorized();
    return c.json(sessions.issueAccountToken(account, 'JSS'));
  });
  add('POST', '/v1/auth/keep-alive', 'any-caller', (c) => {
    const caller = c.get('caller');
    // [C] does not work for client tokens; unverified: with which status.
    if (caller.kind !== 'account' || caller.token === undefined) throw unauthorized();
    const renewed = sessions.issueAccountToken(caller.account, caller.authenticationType);
    sessions.revoke(caller.token);
    return c.json(renewed);
  });
  add('POST', '/v1/auth/invalidate-token', 'any-caller', (c) => {
    const [, token = ''] = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
    sessions.revoke(token);
    return c.body(null, 204);
  });
  // unverified: body. It is the identity provider's token, not one for this API.
  add('GET', '/v1/oauth2/session-tokens', 'any-caller', () => {
    throw new ApiError(400, { code: 'NO_SESSION_TOKENS', field: '', description: 'No OAuth2 tokens for the current session' });
  });

  const sites = (): { id: string; name: string }[] => tenant.inventory.sites;
  add('GET', '/v1/auth', 'any-caller', (c) => {
    const { account, privileges, authenticationType } = describe(c, tenant);
    return c.json({
      account: {
        ...account,
        preferences: { language: 'en', dateFormat: 'MM/dd/yyyy', region: 'en_US', timezone: 'UTC', disableRelativeDates: false },
        multiSiteAdmin: account.siteId === '-1' && sites().length > 0,
        // unverified: key of full access; -1 is "no site" elsewhere.
        privilegesBySite: { [account.siteId]: privileges },
        groupIds: [],
        currentSiteId: account.siteId,
        siteId: undefined,
      },
      accountGroups: [],
      sites: sites(),
      authenticationType,
    });
  });
  // The older twins of the same answer [D].
  const legacy = (c: ApiContext) => {
    const { account, privileges, authenticationType } = describe(c, tenant);
    const { id, siteId, ...rest } = account;
    const shared = {
      ...rest,
      id: Number(id) || 0,
      preferences: { language: 'en', dateFormat: 'MM/dd/yyyy', region: 'en_US', timezone: 'UTC', isDisableRelativeDates: false },
      isMultiSiteAdmin: siteId === '-1' && sites().length > 0,
      groupIds: [],
      currentSiteId: Number(siteId),
    };
    return { shared, siteId, privileges, authenticationType };
  };
  add('GET', '/auth', 'any-caller', (c) => {
    const { shared, siteId, privileges, authenticationType } = legacy(c);
    return c.json({
      account: { ...shared, privilegesBySite: { [siteId]: privileges } },
      accountGroups: [],
      sites: sites().map(({ id, name }) => ({ id: Number(id), name })),
      authenticationType,
    });
  });
  add('POST', '/auth/current', 'any-caller', (c) => {
    const { shared, privileges, authenticationType } = legacy(c);
    return c.json({ account: { ...shared, privileges }, sites: sites(), authenticationType });
  });

  // Both paths are in use: the old one is deprecated but still in the vendor's handbook [C].
  for (const path of ['/oauth/token', '/v1/oauth/token']) {
    add('POST', path, 'open', async (c) => {
      if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')) return oauthError(400, 'invalid_request', 'Content-Type');
      const form = new URLSearchParams(await c.req.text());
      const missing = ['grant_type', 'client_id', 'client_secret'].find((name) => !form.get(name));
      if (missing !== undefined) return oauthError(400, 'invalid_request', `OAuth 2.0 Parameter: ${missing}`);
      if (form.get('grant_type') !== 'client_credentials') return oauthError(400, 'unsupported_grant_type', 'OAuth 2.0 Parameter: grant_type');
      const client = rolesAndClients.clients.all(c.env.node).find((one) => one.clientId === form.get('client_id'));
      // unverified: that a disabled client gets the same answer as a wrong secret.
      if (client?.credentials === undefined || client.credentials.secret !== form.get('client_secret') || !client.enabled) {
        return oauthError(tenant.switches.wrongSecretStatus, 'invalid_client', 'Client authentication failed');
      }
      const asked = (form.get('scope') ?? '').split(' ').filter((part) => part !== '');
      const bound = client.credentials.roleIds;
      if (asked.some((part) => !bound.some((id) => part === `api-role:${id}`))) return oauthError(400, 'invalid_scope', 'OAuth 2.0 Parameter: scope');
      const roleIds = asked.length === 0 ? bound : bound.filter((id) => asked.includes(`api-role:${id}`));
      const { token, expiresInSeconds } = sessions.issueClientToken(client, roleIds);
      return c.json({ access_token: token, scope: roleIds.map((id) => `api-role:${id}`).join(' '), token_type: 'Bearer', expires_in: expiresInSeconds });
    });
  }
}

/** RFC 6749 §5.2, not the API's own error body [D]. */
function oauthError(status: 400 | 401, error: string, description: string): Response {
  return Response.json({ error, error_description: description, error_uri: 'https://datatracker.ietf.org/doc/html/rfc6749#section-5.2' }, { status });
}

function describe(c: ApiContext, tenant: TenantState) {
  const caller: Caller = c.get('caller');
  const privileges = [...tenant.sessions.privilegesOf(caller, c.env.node)];
  if (caller.kind === 'client') {
    // unverified: which account the server names for a client.
    const account = { id: caller.clientId, username: caller.clientId, realName: '', email: '', accessLevel: 'FullAccess', privilegeSet: 'CUSTOM', siteId: '-1' };
    return { account, privileges, authenticationType: 'CLIENT_CREDENTIALS' };
  }
  const { id, username, realname, email, accessLevel, privilegeLevel, siteId } = caller.account;
  const account = { id: String(id), username, realName: realname, email, accessLevel, privilegeSet: privilegeLevel, siteId: String(siteId) };
  return { account, privileges, authenticationType: caller.authenticationType };
}
