import type { JSX } from 'react';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Screen } from '../parts/Screen.tsx';
import { useMessages } from '../text/context.tsx';
import type { ScreenOf } from './screen-props.ts';

/** A page that looks like a console on a host of its own: what the address is, and the admin's decision. */
export function OwnHost({ view, notice, working, isBlocked, onIntent }: ScreenOf<'own-host'>): JSX.Element {
  const text = useMessages();
  const { key, base } = view.tenant;
  const name = text.consoles[view.tenant.console];
  const { hostname } = new URL(base);
  const doubt = hostname.split('.').some((label) => label.startsWith('xn--')) ? text.ownHost.encoded : /jamf-?cloud|awmdm|airwatch|workspace-?one/.test(hostname) ? text.ownHost.alike : undefined;
  return (
    <Screen
      title={text.ownHost.title(name)}
      lead={text.ownHost.lead(name)}
      notice={notice}
      actions={
        <Button look="primary" isBusy={working === 'allow-host'} isBlocked={isBlocked} onClick={() => onIntent({ type: 'allow-host', base })}>
          {text.ownHost.allow}
        </Button>
      }
    >
      <div className="card">
        <p className="address">{key}</p>
      </div>
      {doubt !== undefined && (
        <div className="notice notice-danger">
          <Icon name="warning" />
          <p>{doubt}</p>
        </div>
      )}
      <p>{text.ownHost.about(name)}</p>
    </Screen>
  );
}
