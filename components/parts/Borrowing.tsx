import type { JSX } from 'react';
import type { RunView } from '../../lib/run/view.ts';
import { useMessages } from '../text/context.tsx';

/** What "borrow-token" does, where it is offered: read before the press, as the press is the consent. */
export function Borrowing({ view }: { view: RunView }): JSX.Element | null {
  const text = useMessages();
  if (!view.actions.includes('borrow-token')) return null;
  return (
    <div className="card">
      <p className="card-title">{text.borrow.name}</p>
      <p>{text.borrow.about(text.consoles[view.tenant.console])}</p>
      <p className="hint">{text.borrow.reload}</p>
    </div>
  );
}
