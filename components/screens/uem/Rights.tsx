import type { JSX } from 'react';
import type { UemRoleView } from '../../../lib/run/uem-view.ts';
import { useMessages } from '../../text/context.tsx';

/** What a role may do, as its dialog names it. */
export function Rights({ role }: { role: UemRoleView }): JSX.Element {
  const { choose } = useMessages().uem;
  return (
    <>
      {role.copyOf !== undefined && <p>{choose.copyOf(role.copyOf)}</p>}
      <ul className="privileges">
        {role.rights.map(({ path, access }) => (
          <li key={path}>
            {path}: {choose[access]}
          </li>
        ))}
      </ul>
    </>
  );
}
