import type { HarmonyMobileStep } from '../../services/harmony-mobile/guide.ts';
import type { GuideWords } from './messages.ts';

export const harmonyMobile: GuideWords<HarmonyMobileStep> = {
  steps: {
    'wait': { title: () => 'Waiting for the page' },
    'lost': { title: () => 'Not the right page' },
  },
  goToStart: 'Go to the start',
};
