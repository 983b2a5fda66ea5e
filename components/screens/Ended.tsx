import type { JSX } from 'react';
import { ActionButtons } from '../parts/ActionButtons.tsx';
import { hasMade, Made } from '../parts/Made.tsx';
import { Route } from '../parts/Route.tsx';
import { Screen } from '../parts/Screen.tsx';
import { useMessages } from '../text/context.tsx';
import type { RunView } from '../../lib/run/view.ts';
import type { ScreenProps } from './screen-props.ts';

/** The admin stopped it. */
export function Cancelled(props: ScreenProps<RunView>): JSX.Element {
  const text = useMessages();
  const { view, notice } = props;
  const isClean = !hasMade(view) && !view.actions.includes('undo');
  return (
    <Screen
      top={<Route view={view} />}
      title={view.isUndoing ? text.failed.titleUndo : text.cancelled.title}
      lead={view.isUndoing ? undefined : view.uem ? text.uem.stays : isClean ? text.cancelled.lead : text.cancelled.leadMade}
      notice={notice}
      actions={<ActionButtons {...props} />}
    >
      <Made view={view} />
    </Screen>
  );
}

/** What was made is taken back; what cannot be is said. */
export function Undone(props: ScreenProps<RunView>): JSX.Element {
  const text = useMessages();
  const { view, notice } = props;
  const { client, registration } = view.made;
  return (
    <Screen top={<Route view={view} />} title={text.undone.title} lead={text.undone.lead} notice={notice} actions={<ActionButtons {...props} />}>
      {client && client.origin !== 'created' && <p className="aside">{text.undone.secretStays(client.name)}</p>}
      {registration === 'changed' && <p className="aside">{text.undone.connectionStays(view.service.organization)}</p>}
    </Screen>
  );
}
