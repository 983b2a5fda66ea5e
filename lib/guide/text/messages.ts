import type { OverlayLabels } from '../overlay.ts';
import type { JamfProStep } from '../../consoles/jamf-pro/guide.ts';

/** All wordings of the card in the console's page. `control` is what the page itself calls the control. */
export interface GuideMessages {
  card: OverlayLabels;
  progress: (step: number, of: number) => string;
  steps: Record<JamfProStep, { title: (control: string) => string; text?: string }>;
  filling: string;
  /** Above what the fields lack or hold beside what is wanted. */
  differs: (field: string) => string;
  differsText: string;
  surplus: string;
  fillAgain: string;
  notFound: (what: string) => string;
  notFoundText: string;
  /** There, but greyed out or covered. */
  blocked: (what: string) => string;
  blockedText: string;
  several: (what: string) => string;
  severalText: string;
  point: string;
  report: string;
  reportCopied: string;
  reportNotCopied: string;
  goToStart: string;
  elsewhere: { title: string; text: string };
}
