import { defineConfig } from 'wxt';

/** Where a recipe's facts were read is for those who read the code: some kilobytes that no page needs. */
const leaveOutSources = {
  name: 'leave-out-sources',
  enforce: 'pre' as const,
  transform: (code: string, id: string): string | undefined =>
    /\/lib\/(?:recipes\/|services\/[^/]+\/recipes)[^/]*\.ts$/.test(id) ? code.replace(/^( +)(sources|unverified): \[(?:.*\]|[^]*?\n\1\]),$/gm, '$1$2: [],') : undefined,
};

/**
 * Both manifests come from here. Permissions are a security boundary: each is justified in docs/security.md
 * and the built manifests are asserted in test/build/manifest.test.ts.
 */
export default defineConfig({
  modules: ['@wxt-dev/module-react'],
  imports: false,
  manifestVersion: 3,
  targetBrowsers: ['chrome', 'firefox'],
  vite: () => ({ plugins: [leaveOutSources] }),
  hooks: {
    // One file for all of lib that several entries load: small files compress badly, and the popup would pay for it.
    'vite:build:extendConfig': (entrypoints, config) => {
      if (!entrypoints.some(({ type }) => type === 'popup')) return;
      const groups = [{ name: 'shared', test: /[\\/](?:lib|zod|webextension-polyfill)[\\/]|virtual:wxt/, minShareCount: 2 }];
      config.build = { ...config.build, rolldownOptions: { ...config.build?.rolldownOptions, output: { ...config.build?.rolldownOptions?.output, codeSplitting: { groups } } } };
    },
  },
  manifest: ({ browser }) => ({
    name: 'Keyferry',
    short_name: 'Keyferry',
    description: 'Connects Jamf Pro or Workspace ONE UEM to the service that needs its API, with exactly the rights needed and no secret in sight.',
    permissions: [
      // The tab's address also where the user took the console's host away, so that Keyferry can ask for it again.
      'activeTab',
      'alarms',
      'scripting',
      'storage',
      // Chromium's own declarative rules show a recognised console without waking the background.
      ...(browser === 'chrome' ? ['declarativeContent'] : []),
    ],
    host_permissions: ['https://*.jamfcloud.com/*'],
    // Asked for when they are needed: Workspace ONE consoles with their API, a console's own host, a service's pages or API.
    optional_host_permissions: ['https://*/*'],
    action: { default_title: 'Keyferry' },
    content_security_policy: {
      extension_pages: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
    ...(browser === 'chrome'
      ? { minimum_chrome_version: '121' }
      : {
          browser_specific_settings: {
            gecko: {
              id: 'keyferry@keyferry.dev',
              strict_min_version: '140.0',
              // The client secret goes from the console to the service that the admin chose.
              data_collection_permissions: { required: ['authenticationInfo'] },
            },
          },
        }),
  }),
});
