import type { WorkspaceOneStep } from '../../consoles/workspace-one/guide.ts';
import type { GuideWords } from './messages.ts';

export const workspaceOne: GuideWords<WorkspaceOneStep> = {
  steps: {
    'wait': { title: () => 'Waiting for the page' },
    'lost': { title: () => 'Not the right page' },
  },
  goToStart: 'Go to the start',
};
