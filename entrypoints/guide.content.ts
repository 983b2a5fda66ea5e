import { defineContentScript } from 'wxt/utils/define-content-script';
import { jamfProGuide } from '../lib/consoles/jamf-pro/guide.ts';
import { workspaceOneGuide } from '../lib/consoles/workspace-one/guide.ts';
import { type ContentRuntime, startGuide } from '../lib/guide/start.ts';
import { en } from '../lib/guide/text/en.ts';
import { adminaGuide } from '../lib/services/admina/guide.ts';
import { harmonyMobileGuide } from '../lib/services/harmony-mobile/guide.ts';

declare const chrome: { runtime: ContentRuntime };

const guides = { 'jamf-pro': jamfProGuide, 'workspace-one': workspaceOneGuide, 'harmony-mobile': harmonyMobileGuide, 'admina': adminaGuide };

/** Registered by the background while a guided Run is on, for that site alone. */
export default defineContentScript({
  registration: 'runtime',
  runAt: 'document_idle',
  noScriptStartedPostMessage: true,
  main: () => startGuide(document, globalThis as Parameters<typeof startGuide>[1], chrome.runtime, guides, en),
});
