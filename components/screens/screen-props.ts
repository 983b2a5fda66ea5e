import type { Failure } from '../../lib/failure.ts';
import type { Intent, View } from '../../lib/run/view.ts';

/** What every view is drawn from. */
export interface ScreenProps<V> {
  view: V;
  notice: Failure | undefined;
  /** The intent on its way, if its button shall show that. */
  working: Intent['type'] | undefined;
  /** No further press counts for now. */
  isBlocked: boolean;
  onIntent: (intent: Intent) => void;
}

export type ScreenOf<K extends View['kind']> = ScreenProps<Extract<View, { kind: K }>>;
