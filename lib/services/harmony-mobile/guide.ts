import type { HarmonyMobileGoal } from '../../guide/goals.ts';
import type { Control, GuidePage, Observation, PageGuide } from '../../guide/guide.ts';

export const harmonyMobileControls = {} as const satisfies Record<string, Control>;

export type HarmonyMobileControl = keyof typeof harmonyMobileControls;
export type HarmonyMobileStep = 'wait' | 'lost';

export const harmonyMobileGuide: PageGuide<HarmonyMobileControl, HarmonyMobileStep, HarmonyMobileGoal> = {
  controls: harmonyMobileControls,
  steps: () => [],
  secret: undefined,
  version: /^version (\d+\.\d+)$/,
  start: () => '/dashboard/',
  observe(page: GuidePage<HarmonyMobileControl>): Observation<HarmonyMobileControl, HarmonyMobileStep> {
    return { step: page.isBusy ? 'wait' : 'lost' };
  },
};
