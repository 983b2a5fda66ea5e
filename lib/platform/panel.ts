import { browser } from './browser.ts';

/** Chromium's side panel; the polyfill's types do not know it. Firefox has a sidebar instead. */
interface SidePanel {
  open(options: { tabId: number }): Promise<void>;
}

const sidePanel = (): SidePanel | undefined => (globalThis as { chrome?: { sidePanel?: SidePanel } }).chrome?.sidePanel;

/** Whether this browser has a panel beside the page. */
export function canOpenPanel(): boolean {
  return sidePanel() !== undefined || 'sidebarAction' in browser;
}

/** Opens the panel beside the tab; call it straight from a click, before anything is awaited. */
export async function openPanel(tabId: number | undefined): Promise<void> {
  const panel = sidePanel();
  if (!panel) await browser.sidebarAction.open();
  else if (tabId !== undefined) await panel.open({ tabId });
}
