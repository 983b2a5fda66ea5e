import type { JSX } from 'react';
import { ActionButtons } from '../parts/ActionButtons.tsx';
import { Made } from '../parts/Made.tsx';
import { Route } from '../parts/Route.tsx';
import { Screen } from '../parts/Screen.tsx';
import { Steps } from '../parts/Steps.tsx';
import { useMessages } from '../text/context.tsx';
import type { RunView } from '../../lib/run/view.ts';
import type { ScreenProps } from './screen-props.ts';

export function Running(props: ScreenProps<RunView>): JSX.Element {
  const text = useMessages();
  const { view, notice } = props;
  const { title, lead } = view.purpose && !view.isStopping
    ? { title: text.purposes[view.purpose].doing, lead: undefined }
    : view.isUndoing
    ? { title: text.running.undoing, lead: text.running.undoingLead }
    : view.isStopping
      ? { title: text.running.stopping, lead: text.running.stoppingLead }
      : { title: text.running.title(view.service.organization), lead: undefined };
  return (
    <Screen top={<Route view={view} />} title={title} lead={lead} notice={notice} actions={view.actions.length > 0 ? <ActionButtons {...props} /> : undefined}>
      {view.isUndoing && !view.purpose ? (
        <>
          <span className="spinner spinner-large" />
          <Made view={view} title={text.made.undoing} />
        </>
      ) : (
        <Steps view={view} />
      )}
    </Screen>
  );
}
