import { browser } from '../platform/browser.ts';
import { vaultAlarm } from '../vault/vault.ts';

const alarmName = 'keyferry-run';

let isSet: boolean | undefined;

/** Wakes the background while a Run is at work, in case the browser stops it in between; silent when nothing runs. */
export const watchdog = {
  onActivity(working: number): void {
    const wanted = working > 0;
    if (wanted === isSet) return;
    isSet = wanted;
    // 30 s is the shortest period that Chromium grants.
    if (wanted) void browser.alarms.create(alarmName, { periodInMinutes: 0.5 });
    else void browser.alarms.clear(alarmName);
  },

  /** Call it in the background's first tick. `wake` goes on with the Runs, `sweep` forgets what is past its time. */
  listen(wake: () => Promise<void>, sweep: () => Promise<void>): void {
    browser.alarms.onAlarm.addListener((alarm) => {
      if (alarm.name === alarmName) void wake();
      if (alarm.name === vaultAlarm) void sweep();
    });
  },
};
