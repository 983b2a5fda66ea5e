import { useState, type JSX } from 'react';
import type { ConnectionLine } from '../../lib/run/connections-view.ts';
import { Button } from '../parts/Button.tsx';
import { Field } from '../parts/Field.tsx';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { Screen } from '../parts/Screen.tsx';
import { countsText } from '../parts/Steps.tsx';
import { useMessages } from '../text/context.tsx';
import type { Messages } from '../text/messages.ts';
import type { ScreenOf } from './screen-props.ts';

/** From so many on they are searched. */
const searchedFrom = 8;

export const stateIcons: Record<ConnectionLine['state'], IconName> = { 'never': 'pause', 'connecting': 'arrow', 'connected': 'check', 'failing': 'warning', 'rights-changed': 'warning', 'gone': 'cross', 'unknown': 'pause' };

/** How it stands, in few words. */
export function stateText(text: Messages, { state, purpose, failure }: ConnectionLine): string {
  if (state === 'connecting' && purpose) return text.purposes[purpose].doing;
  return (state === 'failing' || state === 'gone') && failure ? text.failures[failure.code].cause(failure.params) : text.connections.states[state];
}

/** Every tenant and service that are joined, or those of the console in front. */
export function Connections({ view, notice, isBlocked, onIntent }: ScreenOf<'connections'>): JSX.Element {
  const text = useMessages();
  const words = text.connections;
  const { lines, tenant, others } = view;
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const hasMore = others > 0 || view.canGoBack;
  const found = wanted === '' ? lines : lines.filter((line) => [line.service.organization, line.service.name, line.tenant.key, line.tenant.base].some((one) => one.toLowerCase().includes(wanted)));
  return (
    <Screen
      title={words.title}
      lead={lines.length === 0 ? words.none : undefined}
      notice={notice}
      actions={!tenant && !hasMore ? undefined : (
        <>
          {tenant && (
            <Button look={view.canGoBack ? 'secondary' : 'primary'} isBlocked={isBlocked} onClick={() => onIntent({ type: 'show', place: { at: 'services' } })}>
              {words.another}
            </Button>
          )}
          {hasMore && (
            <div className="actions-more">
              <Button look="quiet" isBlocked={isBlocked} onClick={() => onIntent(view.canGoBack ? { type: 'show' } : { type: 'show', place: { at: 'connections' } })}>
                {view.canGoBack ? text.common.back : words.all(lines.length + others)}
              </Button>
            </div>
          )}
        </>
      )}
    >
      {lines.length >= searchedFrom && <Field label={words.search} type="search" value={search} autoComplete="off" onValue={setSearch} />}
      {lines.length >= searchedFrom && (
        <p className="only-read" role="status">
          {wanted === '' ? '' : words.found(found.length)}
        </p>
      )}
      {found.length > 0 ? (
        <ul className="card ends">
          {found.map((line) => (
            <Line key={line.id} line={line} onShow={() => onIntent({ type: 'show', place: { at: 'connection', id: line.id } })} />
          ))}
        </ul>
      ) : (
        lines.length > 0 && <p className="hint">{words.found(0)}</p>
      )}
    </Screen>
  );
}

function Line({ line, onShow }: { line: ConnectionLine; onShow: () => void }): JSX.Element {
  const text = useMessages();
  const { tenant, service, state } = line;
  const counts = countsText(text, line);
  return (
    <li>
      <button type="button" className={`end line state-${state}`} onClick={onShow}>
        <Icon name={stateIcons[state]} />
        <span className="end-main">
          <span className="end-name">{service.organization}</span>
          <span className="end-detail">
            {text.consoles[tenant.console]} {tenant.key}
          </span>
          <span className="line-state">{stateText(text, line)}</span>
          {counts !== '' && <span className="end-detail">{counts}</span>}
          {line.at !== undefined && <span className="end-detail">{(line.isChecked ? text.connections.checked : text.connections.made)(text.moment(line.at))}</span>}
        </span>
        <Icon name="chevron" />
      </button>
    </li>
  );
}
