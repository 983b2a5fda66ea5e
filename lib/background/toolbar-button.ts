import { setButton, togglePanel } from '../platform/panel.ts';
import { browser } from '../platform/browser.ts';
import { buttonOpens } from '../storage/button.ts';

/** Call it in the background's first tick. The browser forgets at its end what the button opens. */
export function watchToolbarButton(): void {
  // Comes only where the button has no popup; Chromium opens its panel by itself.
  browser.action.onClicked.addListener(togglePanel);
  void buttonOpens.get().then(setButton);
}
