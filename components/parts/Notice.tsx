import type { JSX } from 'react';
import type { Failure } from '../../lib/failure.ts';
import { useMessages } from '../text/context.tsx';
import { Fold } from './Fold.tsx';
import { Icon } from './Icon.tsx';

export interface FailureNoticeProps {
  failure: Failure;
  /** `calm`: nothing is broken, there is only something to do. */
  tone?: 'danger' | 'calm';
  isAlert?: boolean;
}

/** What went wrong, why, and what to do. */
export function FailureNotice({ failure, tone = 'danger', isAlert = false }: FailureNoticeProps): JSX.Element {
  const text = useMessages();
  const { cause, next } = text.failures[failure.code];
  return (
    <div className={`notice notice-${tone}`} role={isAlert ? 'alert' : undefined}>
      <Icon name={tone === 'calm' ? 'lock' : 'warning'} />
      <div>
        <p className="notice-cause">{cause(failure.params)}</p>
        <p>{next(failure.params)}</p>
      </div>
    </div>
  );
}

/** For a report: the failure as it is, without wording. */
export function FailureDetails({ failure }: { failure: Failure }): JSX.Element {
  const text = useMessages();
  const params = Object.entries(failure.params).map(([key, value]) => [key, Array.isArray(value) ? value.join(', ') : value] as const);
  const facts = [['failure', failure.code] as const, ...params].filter(([, value]) => value !== '');
  return (
    <Fold title={text.common.details}>
      <dl className="facts">
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Fold>
  );
}
