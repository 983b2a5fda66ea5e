import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { browsers, filesOf, root, textOf, type BrowserName } from './output.ts';

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
const manifestOf = (browser: BrowserName): Record<string, unknown> => JSON.parse(textOf(browser, 'manifest.json')) as Record<string, unknown>;

/**
 * Every key of both manifests. A permission is a promise to the admin (docs/security.md): a new one is written here by hand,
 * and there why.
 */
const shared = {
  manifest_version: 3,
  name: 'Keyferry',
  short_name: 'Keyferry',
  version,
  description: 'Connects Jamf Pro or Workspace ONE UEM to the service that needs its API, with exactly the rights needed and no secret in sight.',
  icons: { 16: 'icon/16.png', 32: 'icon/32.png', 48: 'icon/48.png', 128: 'icon/128.png' },
  host_permissions: ['https://*.jamfcloud.com/*'],
  optional_host_permissions: ['https://*/*'],
  options_ui: { page: 'options.html', open_in_tab: true },
  action: { default_title: 'Keyferry', default_popup: 'popup.html' },
  content_security_policy: {
    extension_pages:
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  },
  content_scripts: [{ matches: ['https://*.jamfcloud.com/*'], run_at: 'document_idle', js: ['content-scripts/console.js'] }],
};
const expected: Record<BrowserName, object> = {
  chrome: {
    ...shared,
    permissions: ['activeTab', 'alarms', 'scripting', 'storage', 'declarativeContent', 'sidePanel'],
    side_panel: { default_path: 'sidepanel.html' },
    minimum_chrome_version: '121',
    background: { type: 'module', service_worker: 'background.js' },
  },
  firefox: {
    ...shared,
    permissions: ['activeTab', 'alarms', 'scripting', 'storage'],
    browser_specific_settings: {
      gecko: { id: 'keyferry@keyferry.dev', strict_min_version: '140.0', data_collection_permissions: { required: ['authenticationInfo'] } },
    },
    sidebar_action: { default_title: 'Keyferry', default_panel: 'sidepanel.html', open_at_install: false },
    background: { type: 'module', scripts: ['background.js'] },
  },
};

describe.each(browsers)('the manifest for %s', (browser) => {
  it('is this, and no more', () => {
    expect(manifestOf(browser)).toEqual(expected[browser]);
  });

  it('opens no door to web pages and other extensions', () => {
    for (const key of ['web_accessible_resources', 'externally_connectable', 'sandbox', 'key', 'update_url', 'optional_permissions']) expect(manifestOf(browser)).not.toHaveProperty(key);
  });

  it('knows no host of the tests', () => {
    expect(JSON.stringify(manifestOf(browser))).not.toMatch(/localhost|127\.0\.0\.1|\.example|\.test\b|<all_urls>/);
  });

  it('names only files that are there, and there is no other kind of file', () => {
    const files = filesOf(browser);
    const named = [...JSON.stringify(manifestOf(browser)).matchAll(/"([\w./-]+\.(?:js|html|png|css))"/g)].map((match) => match[1]!);
    expect(named.length).toBeGreaterThanOrEqual(7);
    expect(named.filter((file) => !files.includes(file))).toEqual([]);
    expect(files.filter((file) => !/^(?:manifest\.json|popup\.html|sidepanel\.html|options\.html|background\.js|content-scripts\/(?:console|guide|page-requests)\.js|(?:chunks|assets)\/[\w-]+\.(?:js|css)|icon\/[\w-]+\.png)$/.test(file))).toEqual([]);
  });
});
