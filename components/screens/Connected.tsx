import type { JSX } from 'react';
import { ActionButtons } from '../parts/ActionButtons.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Route } from '../parts/Route.tsx';
import { Screen } from '../parts/Screen.tsx';
import { useMessages } from '../text/context.tsx';
import type { Receipt } from '../../lib/run/run.ts';
import type { RunView } from '../../lib/run/view.ts';
import type { ScreenProps } from './screen-props.ts';
import { UemReceipt } from './uem/UemReceipt.tsx';

/** The receipt. */
export function Connected(props: ScreenProps<RunView>): JSX.Element | null {
  const text = useMessages();
  const { view, notice } = props;
  const { receipt } = view;
  if (!receipt) return null;
  const isNew = view.purpose === undefined || view.purpose === 'rotate';
  const lead = isNew && receipt.proof ? text.connected.proofs[receipt.proof] : view.purpose ? text.purposes[view.purpose].lead : text.connected.lead;
  return (
    <Screen
      top={<Route view={view} />}
      isSuccess
      title={view.purpose ? text.purposes[view.purpose].done : text.connected.title}
      lead={receipt.uem ? text.uem.receipt.lead(view.service.organization) : lead(receipt.organization, text.consoles[view.tenant.console])}
      notice={notice}
      actions={<ActionButtons {...props} />}
    >
      <dl className="counts">
        {receipt.accounts !== null && <Count value={receipt.accounts} word={text.connected.account(receipt.accounts)} />}
        {receipt.devices !== null && <Count value={receipt.devices} word={text.connected.device(receipt.devices)} />}
      </dl>
      {receipt.uem && <UemReceipt receipt={receipt} uem={receipt.uem} service={view.service.organization} />}
      {receipt.accountsUrl !== null && receipt.accountsUrl.startsWith('https://') && (
        <a className="button button-secondary" href={receipt.accountsUrl} target="_blank" rel="noopener noreferrer">
          {(view.dataSets.some(({ id, checked }) => id === 'accounts' && checked) ? text.connected.accounts : text.connected.devices)(receipt.organization)}
          <Icon name="external" />
          <span className="only-read">({text.common.newTab})</span>
        </a>
      )}
      {!receipt.uem && (
        <dl className="card rows">
          {view.group && (
            <div>
              <dt>{text.connected.site}</dt>
              <dd>{view.group.name}</dd>
            </div>
          )}
        <Thing title={text.connected.role} thing={receipt.role} />
        {receipt.client && <Thing title={text.connected.client} thing={receipt.client} />}
      </dl>
      )}
      <p className="assurance">
        <Icon name="lock" />
        <span>
          {receipt.uem ? text.uem.receipt.noSecret : view.rung === 'sign-in' ? text.connected.noClientSecret : view.rung === 'guided' ? text.connected.secretForgotten : text.connected.noSecret}
          <br />
          {text.connected.took(text.duration(receipt.took))}
        </span>
      </p>
    </Screen>
  );
}

function Count({ value, word }: { value: number; word: string }): JSX.Element {
  return (
    <div>
      <dt>{word}</dt>
      <dd>{useMessages().number(value)}</dd>
    </div>
  );
}

function Thing({ title, thing }: { title: string; thing: Receipt['role'] }): JSX.Element {
  const text = useMessages();
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {thing.name} <span className="tag">{text.origins[thing.origin]}</span>
      </dd>
    </div>
  );
}
