import type { JSX } from 'react';
import type { Failure } from '../../lib/failure.ts';
import type { RunView } from '../../lib/run/view.ts';
import { ActionButtons } from '../parts/ActionButtons.tsx';
import { FailureNotice } from '../parts/Notice.tsx';
import { Route } from '../parts/Route.tsx';
import { Screen } from '../parts/Screen.tsx';
import { Steps } from '../parts/Steps.tsx';
import { useMessages } from '../text/context.tsx';
import type { ScreenProps } from './screen-props.ts';

/** The admin hands over in the service's own form, led by the guide in its pages. */
export function AtService({ failure, ...props }: ScreenProps<RunView> & { failure: Failure | null }): JSX.Element {
  const text = useMessages();
  const { view, notice } = props;
  const { guide, service } = view;
  return (
    <Screen top={<Route view={view} />} title={text.atService.title(service.name || service.organization)} lead={text.atService.lead} notice={notice} actions={<ActionButtons {...props} />}>
      {failure && !notice && <FailureNotice failure={failure} />}
      {guide && (
        <p className="card guide-line" role="status">
          {guide.title}
          {guide.progress && <span className="quiet">{guide.progress}</span>}
        </p>
      )}
      <Steps view={view} />
    </Screen>
  );
}
