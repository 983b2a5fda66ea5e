import type { JSX, ReactNode } from 'react';
import { Icon } from './Icon.tsx';

/** What is there for those who want to know. Opening it brings it into sight. */
export function Fold({ title, children }: { title: string; children: ReactNode }): JSX.Element {
  return (
    <details
      className="fold"
      onToggle={(event) => {
        if (event.currentTarget.open) event.currentTarget.scrollIntoView({ block: 'nearest' });
      }}
    >
      <summary>
        <Icon name="chevron" />
        {title}
      </summary>
      {children}
    </details>
  );
}
