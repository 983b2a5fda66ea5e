import { defineContentScript } from 'wxt/utils/define-content-script';
import { apiPath } from '../lib/consoles/jamf-pro/tenant.ts';
import { watchRequests } from '../lib/platform/request-watch.ts';

/** Registered by the background on the rung "borrowed token", for that console alone; ends by itself a little after the rung gives up. */
export default defineContentScript({
  registration: 'runtime',
  world: 'MAIN',
  runAt: 'document_start',
  main: () => watchRequests(window, apiPath, 20_000),
});
