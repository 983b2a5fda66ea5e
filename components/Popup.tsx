import { useEffect, useRef, useState, type JSX } from 'react';
import type { Failure } from '../lib/failure.ts';
import type { Intent, View } from '../lib/run/view.ts';
import { Icon, Mark } from './parts/Icon.tsx';
import { stepText } from './parts/Steps.tsx';
import { Choose } from './screens/Choose.tsx';
import { Connection } from './screens/Connection.tsx';
import { Connections } from './screens/Connections.tsx';
import { Connected } from './screens/Connected.tsx';
import { Cancelled, Undone } from './screens/Ended.tsx';
import { Failed } from './screens/Failed.tsx';
import { NeedsAdmin } from './screens/NeedsAdmin.tsx';
import { NotAConsole } from './screens/NotAConsole.tsx';
import { OwnHost } from './screens/OwnHost.tsx';
import { Running } from './screens/Running.tsx';
import { ChooseUem } from './screens/uem/ChooseUem.tsx';
import { Services } from './screens/Services.tsx';
import { ServiceSetup } from './screens/ServiceSetup.tsx';
import type { ScreenProps } from './screens/screen-props.ts';
import { useMessages } from './text/context.tsx';
import type { Messages } from './text/messages.ts';

export interface PopupProps {
  view: View;
  /** An intent is on its way. */
  busy: boolean;
  /** The last intent failed. */
  notice: Failure | undefined;
  /** The browser has a panel beside the page, and this is not it. */
  canOpenPanel?: boolean;
  hasOptions?: boolean;
  /** There are some to be listed. */
  hasConnections?: boolean;
  onIntent: (intent: Intent) => void;
}

/** Draws the view and sends what the person wants; knows nothing of browsers. */
export function Popup({ view, busy, notice, canOpenPanel = false, hasOptions = false, hasConnections = false, onIntent }: PopupProps): JSX.Element {
  const text = useMessages();
  const root = useRef<HTMLDivElement>(null);
  const [last, setLast] = useState<Intent['type']>();

  const place = placeOf(view);
  const shownPlace = useRef(place);
  useEffect(() => {
    if (shownPlace.current === place) return;
    shownPlace.current = place;
    root.current?.querySelector('h1')?.focus();
  }, [place]);

  // Choosing is saved on the side: it must not swallow the press on Connect that follows it.
  const isBlocked = busy && last !== 'choose' && last !== 'load-groups' && last !== 'list-groups';
  const props = {
    notice,
    isBlocked,
    working: isBlocked ? last : undefined,
    onIntent(intent: Intent) {
      setLast(intent.type);
      onIntent(intent);
    },
  };
  return (
    <div className="popup" ref={root}>
      <header className="bar">
        <Mark />
        <span className="bar-name">Keyferry</span>
        {hasConnections && view.kind !== 'connections' && (
          <button type="button" className="bar-button" title={text.common.connections} aria-label={text.common.connections} onClick={() => onIntent({ type: 'show', place: { at: 'connections' } })}>
            <Icon name="connections" />
          </button>
        )}
        {hasOptions && (
          <button type="button" className="bar-button" title={text.common.options} aria-label={text.common.options} onClick={() => onIntent({ type: 'open-options' })}>
            <Icon name="options" />
          </button>
        )}
        {canOpenPanel && (
          <button type="button" className="bar-button" title={text.common.openPanel} aria-label={text.common.openPanel} onClick={() => onIntent({ type: 'open-panel' })}>
            <Icon name="panel" />
          </button>
        )}
      </header>
      <Body key={place} view={view} {...props} />
      <p className="only-read" role="status">
        {announcementOf(view, text)}
      </p>
    </div>
  );
}

function Body({ view, ...props }: ScreenProps<View>): JSX.Element | null {
  switch (view.kind) {
    case 'not-a-console':
      return <NotAConsole />;
    case 'own-host':
      return <OwnHost view={view} {...props} />;
    case 'connections':
      return <Connections view={view} {...props} />;
    case 'connection':
      return <Connection view={view} {...props} />;
    case 'services':
      return <Services view={view} {...props} />;
    case 'service-setup':
      return <ServiceSetup view={view} {...props} />;
    case 'uem-choose':
      return <ChooseUem view={view} {...props} />;
    case 'choose':
      return <Choose view={view} {...props} />;
    case 'running':
      return <Running view={view} {...props} />;
    case 'needs-admin':
      return <NeedsAdmin view={view} {...props} />;
    case 'failed':
      return <Failed view={view} {...props} />;
    case 'cancelled':
      return <Cancelled view={view} {...props} />;
    case 'undone':
      return <Undone view={view} {...props} />;
    case 'connected':
      return <Connected view={view} {...props} />;
  }
}

/** Where the person is; while it stays the same, focus and what was typed stay too. */
function placeOf(view: View): string {
  if (view.kind === 'not-a-console') return view.kind;
  if (view.kind === 'service-setup') return `${view.kind} ${view.about.id} ${String(view.needsAccess)}`;
  if (view.kind === 'connection') return `${view.kind} ${view.line.id}`;
  if (view.kind === 'connections') return `${view.kind} ${String(view.canGoBack)} ${view.tenant?.base ?? ''}`;
  if (!('runId' in view)) return `${view.kind} ${view.tenant.base}`;
  return [view.kind, view.runId, view.ask?.kind ?? '', view.uem?.part ?? '', view.isUndoing ? 'undoing' : '', view.isStopping ? 'stopping' : ''].join(' ');
}

/** The step at work, for screen readers; headings say the rest. */
function announcementOf(view: View, text: Messages): string {
  if (view.kind !== 'running') return '';
  if (view.isUndoing && !view.purpose) return text.running.undoing;
  if (view.isStopping) return text.running.stopping;
  const active = view.lines.find((line) => line.state === 'active');
  return active ? stepText(text, active, view.service.organization) : '';
}
