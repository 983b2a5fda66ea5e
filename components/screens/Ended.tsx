import type { JSX } from 'react';
import { ActionButtons } from '../parts/ActionButtons.tsx';
import { hasMade, Made } from '../parts/Made.tsx';
import { Icon } from '../parts/Icon.tsx';
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
  const { stays } = view;
  if (view.purpose && stays) {
    const words = text.purposes[view.purpose];
    const console = text.objects[view.tenant.console];
    const left = [stays.role && `${console.role} “${stays.role.name}”`, stays.client && `${console.client} “${stays.client.name}”`].filter((one) => one !== undefined);
    return (
      <Screen top={<Route view={view} />} title={words.done} lead={words.lead(view.service.organization, text.consoles[view.tenant.console])} notice={notice} actions={<ActionButtons {...props} />}>
        {stays.registration && <p className="aside">{text.connections.disconnect.byHand(view.service.organization)}</p>}
        {stays.registration && view.service.site !== undefined && (
          <a className="button button-secondary" href={view.service.site} target="_blank" rel="noopener noreferrer">
            {text.uem.actions.openService(view.service.name || view.service.organization)}
            <Icon name="external" />
            <span className="only-read">({text.common.newTab})</span>
          </a>
        )}
        {left.length > 0 && <p className="aside">{text.undone.left(left)}</p>}
      </Screen>
    );
  }
  return (
    <Screen top={<Route view={view} />} title={text.undone.title} lead={text.undone.lead} notice={notice} actions={<ActionButtons {...props} />}>
      {client && client.origin !== 'created' && <p className="aside">{text.undone.secretStays(client.name)}</p>}
      {registration === 'changed' && <p className="aside">{text.undone.connectionStays(view.service.organization)}</p>}
    </Screen>
  );
}
