import type { JSX } from 'react';
import type { RunView } from '../../lib/run/view.ts';
import { useMessages } from '../text/context.tsx';
import { Icon } from './Icon.tsx';

/** From which console to which service. */
export function Route({ view }: { view: Pick<RunView, 'tenant' | 'service'> }): JSX.Element {
  const text = useMessages();
  const console = text.consoles[view.tenant.console];
  const { organization, address } = view.service;
  const host = new URL(address).host;
  return (
    <div className="route" role="group" aria-label={text.common.route(`${console} ${view.tenant.key}`, organization)}>
      <div>
        <span className="route-name">{console}</span>
        <span className="route-detail">{view.tenant.key}</span>
      </div>
      <Icon name="arrow" />
      <div>
        <span className="route-name">{organization}</span>
        {host !== organization && <span className="route-detail">{host}</span>}
      </div>
    </div>
  );
}
