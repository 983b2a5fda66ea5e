import { browser } from './browser.ts';

/** Chromium's side panel; the polyfill's types do not know it. Firefox has a sidebar instead. */
interface SidePanel {
  open(options: { tabId: number }): Promise<void>;
  setPanelBehavior(behavior: { openPanelOnActionClick: boolean }): Promise<void>;
}

const sidePanel = (): SidePanel | undefined => (globalThis as { chrome?: { sidePanel?: SidePanel } }).chrome?.sidePanel;

/** Whether this browser has a panel beside the page. */
export function canOpenPanel(): boolean {
  return sidePanel() !== undefined || 'sidebarAction' in browser;
}

/** What a click on the toolbar button opens, until the browser ends. */
export async function setButton(place: 'popup' | 'panel'): Promise<void> {
  await browser.action.setPopup({ popup: place === 'popup' ? browser.runtime.getURL('popup.html') : '' });
  await sidePanel()?.setPanelBehavior({ openPanelOnActionClick: place === 'panel' });
}

/** For Firefox, where a click on a button without a popup opens nothing by itself; call it straight from the click. */
export function togglePanel(): void {
  if (!sidePanel()) void browser.sidebarAction.toggle();
}

/** Opens the panel beside the tab; call it straight from a click, before anything is awaited. */
export async function openPanel(tabId: number | undefined): Promise<void> {
  const panel = sidePanel();
  if (!panel) await browser.sidebarAction.open();
  else if (tabId !== undefined) await panel.open({ tabId });
}
