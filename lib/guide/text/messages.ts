import type { OverlayLabels } from '../overlay.ts';
import type { JamfProStep } from '../../consoles/jamf-pro/guide.ts';
import type { WorkspaceOneStep } from '../../consoles/workspace-one/guide.ts';
import type { AdminaStep } from '../../services/admina/guide.ts';
import type { HarmonyMobileStep } from '../../services/harmony-mobile/guide.ts';

/** What the card says at a step. `control` is what the page itself calls the control. */
export interface StepWords {
  title: (control: string) => string;
  text?: string;
}

/** Where nothing can be done: every guide has these. */
export type CommonStep = 'wait' | 'lost';

/** The wordings of one guide's steps. */
export interface GuideWords<Step extends string = string> {
  steps: Record<Step | CommonStep, StepWords>;
  /** Leads to where the work begins. */
  goToStart: string;
}

/** All wordings of the card in a page. */
export interface GuideMessages {
  card: OverlayLabels;
  progress: (step: number, of: number) => string;
  guides: { 'jamf-pro': GuideWords<JamfProStep>; 'workspace-one': GuideWords<WorkspaceOneStep>; 'harmony-mobile': GuideWords<HarmonyMobileStep>; 'admina': GuideWords<AdminaStep> };
  filling: string;
  /** Above what the fields lack or hold beside what is wanted. */
  differs: (field: string) => string;
  differsText: string;
  secretNotFilled: string;
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
  elsewhere: { title: string; text: string };
}
