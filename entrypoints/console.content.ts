import { defineContentScript } from 'wxt/utils/define-content-script';
import { answerDetection } from '../lib/messages/detect-content.ts';

declare const chrome: { runtime: Parameters<typeof answerDetection>[0] };

export default defineContentScript({
  matches: ['https://*.jamfcloud.com/*'],
  runAt: 'document_idle',
  // The page need not know that Keyferry is there.
  noScriptStartedPostMessage: true,
  main() {
    answerDetection(chrome.runtime, () => location.href);
  },
});
