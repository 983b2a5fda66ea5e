import type { JSX } from 'react';
import type { RunView } from '../../lib/run/view.ts';
import { useMessages } from '../text/context.tsx';
import { Icon } from './Icon.tsx';

/** Whether there is anything that {@link Made} would list. */
export function hasMade({ made }: RunView): boolean {
  return made.role !== undefined || made.client !== undefined || made.registration !== undefined;
}

/** What stands in the console and in the service by now. */
export function Made({ view, title }: { view: RunView; title?: string }): JSX.Element | null {
  const text = useMessages();
  const { role, client, registration } = view.made;
  if (!hasMade(view)) return null;
  const lines = [
    role && text.made.role(role.name, role.origin),
    client && text.made.client(client.name, client.origin),
    registration && text.made.registration(view.service.organization, registration),
  ].filter((line) => line !== undefined);
  return (
    <div className="card">
      <p className="card-title">{title ?? text.made.title}</p>
      <ul className="plain">
        {lines.map((line) => (
          <li key={line}>
            <Icon name="check" />
            <span>{line}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
