import { defineContentScript } from 'wxt/utils/define-content-script';
import { findJamfProTenant } from '../lib/consoles/jamf-pro/tenant.ts';
import { answerDetection } from '../lib/messages/detect-content.ts';

declare const chrome: { runtime: Parameters<typeof answerDetection>[0] };

export default defineContentScript({
  matches: ['https://*.jamfcloud.com/*'],
  runAt: 'document_idle',
  main() {
    answerDetection(chrome.runtime, findJamfProTenant, () => location.href);
  },
});
