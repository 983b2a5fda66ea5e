import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox.ts';
import { LOCAL_LOGINS, SSO_LOGINS, TENANTS } from './jamf-pro/tenants.ts';
import { ENVIRONMENTS, SECURITY_PIN, WS1_LOGINS } from './workspace-one/environments.ts';

/** `npm run sandbox`: the sandbox by itself, to click around in. `-- --skin angular --language ja` sets all consoles to that. */
const { values } = parseArgs({ options: { skin: { type: 'string', default: 'plain' }, language: { type: 'string', default: 'en' } } });
const sandbox = await startSandbox();
for (const { key } of TENANTS) Object.assign(sandbox.tenant(key).switches, values);
if (values.language === 'ja') sandbox.admina.switches.language = 'ja';

const lines = [
  'Sandbox is up. Consoles, service and their data live in memory until Ctrl-C.',
  '',
  `  HTTPS server  127.0.0.1:${sandbox.httpsPort}`,
  `  Proxy         127.0.0.1:${sandbox.proxyPort}  (leads only to the hosts below)`,
  '',
  'Jamf Pro tenants',
  ...TENANTS.map(({ key, organization }) => {
    const { base, switches, counts } = sandbox.tenant(key);
    const { accounts, computers, mobileDevices, sites } = counts();
    const size = `${computers} computers, ${mobileDevices} mobile devices, ${accounts} accounts, ${sites} sites`;
    return `  ${base}  ${organization}: ${size}; web session at the API: ${switches.sessionMode}`;
  }),
  '',
  'Accounts on tenants with local sign-in',
  ...Object.values(LOCAL_LOGINS).map(({ username, password, about }) => `  ${username.padEnd(11)} ${password.padEnd(31)} ${about}`),
  'Accounts of initech, by single sign-on',
  ...Object.values(SSO_LOGINS).map(({ username, password, about }) => `  ${username} ${password}  ${about}`),
  '',
  'Workspace ONE UEM environments',
  ...ENVIRONMENTS.map(({ key, organization }) => {
    const environment = sandbox.ws1(key);
    const { origin, apiOrigin } = environment;
    const { devices, organizationGroups, smartGroups, admins } = environment.counts();
    return `  ${origin}/AirWatch  ${organization}: ${devices} devices, ${organizationGroups} organization groups, ${smartGroups} smart groups, ${admins} admins; API ${apiOrigin}/API`;
  }),
  `Accounts on them (security PIN ${SECURITY_PIN})`,
  ...Object.values(WS1_LOGINS).map(({ username, password, about }) => `  ${username.padEnd(16)} ${password.padEnd(22)} ${about}`),
  '',
  `Integration service  ${sandbox.service.origin}  (${sandbox.service.organization.name})`,
  `  API key  ${sandbox.service.apiKey}`,
  '',
  `Harmony Mobile  ${sandbox.harmony.origin}  ${sandbox.harmony.portalLogin.email}  ${sandbox.harmony.portalLogin.password}`,
  `  API key  ${sandbox.harmony.apiKey.clientId}  ${sandbox.harmony.apiKey.accessKey}  (${sandbox.harmony.apiKey.gateway})`,
  `Admina  ${sandbox.admina.origin}  ${sandbox.admina.login.email}  ${sandbox.admina.login.password}`,
  `  Organization ID ${sandbox.admina.organization.id}  API key ${sandbox.admina.apiKey}`,
  '',
  'Services with an API of their own: address, account, key',
  ...[sandbox.tailscale, sandbox.mist, sandbox.mistEu, sandbox.cloudflare, sandbox.n8n].map(({ origin, account, apiKey }) => `  ${origin}  ${account}  ${apiKey}`),
  '',
  'A browser on it:',
  '  chromium --user-data-dir="$(mktemp -d)" \\',
  `    --proxy-server=http://127.0.0.1:${sandbox.proxyPort} '--proxy-bypass-list=<-loopback>' \\`,
  `    --ignore-certificate-errors-spki-list=${sandbox.spki} \\`,
  `    ${sandbox.tenant('acme').origin}`,
];
process.stdout.write(`${lines.join('\n')}\n`);

process.once('SIGINT', () => void sandbox.close().then(() => process.exit(0)));
process.once('SIGTERM', () => void sandbox.close().then(() => process.exit(0)));
