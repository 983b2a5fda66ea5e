import { defineContentScript } from 'wxt/utils/define-content-script';
import { jamfProGuide } from '../lib/consoles/jamf-pro/guide.ts';
import { type ContentRuntime, startGuide } from '../lib/guide/start.ts';
import { en } from '../lib/guide/text/en.ts';

declare const chrome: { runtime: ContentRuntime };

/** Registered by the background while a guided Run is on, for that console alone. */
export default defineContentScript({
  registration: 'runtime',
  runAt: 'document_idle',
  noScriptStartedPostMessage: true,
  main: () => startGuide(document, globalThis as Parameters<typeof startGuide>[1], chrome.runtime, { 'jamf-pro': jamfProGuide } as Parameters<typeof startGuide>[3], en),
});
