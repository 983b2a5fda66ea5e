/*
 * What the options page says; a catalogue of its own, so that the popup does not carry it.
 */

export interface OptionsMessages {
  title: string;
  remove: string;
  /** For screen readers: the button's text with what it is for. */
  removeOne: (what: string) => string;
  forget: string;
  forgetOne: (what: string) => string;
  removeAll: string;
  button: { title: string; popup: string; popupHint: string; panel: string; panelHint: string };
  hosts: { title: string; lead: string; none: string };
  services: { title: string; lead: string; none: string };
  controls: { title: string; lead: string; none: string; where: (host: string, version: string) => string };
}
