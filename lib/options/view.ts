import type { ConsoleId } from '../consoles/console.ts';

/** What the options page shows; it holds no secret. */
export interface OptionsView {
  /** What the toolbar button opens; `undefined` where the browser has no panel. */
  button: 'popup' | 'panel' | undefined;
  /** Consoles on hosts of their own. `address`: the base without its scheme. */
  hosts: { base: string; address: string; console: ConsoleId }[];
  /** `access`: `accessIdOf`. */
  services: { access: string; address: string; organization: string }[];
  /** Controls that the admin pointed at. `host`: where. */
  controls: { id: string; role: string; name: string; host: string; version: string }[];
}

export type OptionsIntent =
  | { type: 'choose-button'; place: 'popup' | 'panel' }
  | { type: 'forget-host'; base: string }
  | { type: 'forget-service'; access: string }
  | { type: 'forget-control'; id: string }
  | { type: 'forget-controls' };
