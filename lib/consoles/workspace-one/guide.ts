import type { WorkspaceOneGoal } from '../../guide/goals.ts';
import type { Control, GuidePage, Observation, PageGuide } from '../../guide/guide.ts';

export const workspaceOneControls = {} as const satisfies Record<string, Control>;

export type WorkspaceOneControl = keyof typeof workspaceOneControls;
export type WorkspaceOneStep = 'wait' | 'lost';

export const workspaceOneGuide: PageGuide<WorkspaceOneControl, WorkspaceOneStep, WorkspaceOneGoal> = {
  controls: workspaceOneControls,
  steps: () => [],
  secret: undefined,
  version: /^version (\d{4})$/,
  start: () => '/AirWatch/',
  observe(page: GuidePage<WorkspaceOneControl>): Observation<WorkspaceOneControl, WorkspaceOneStep> {
    return { step: page.isBusy ? 'wait' : 'lost' };
  },
};
