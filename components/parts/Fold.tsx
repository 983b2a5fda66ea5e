import type { JSX, ReactNode } from 'react';
import { Icon } from './Icon.tsx';

/** What is there for those who want to know. Opening it brings it into sight; where it is open from the start, what stands above comes first. */
export function Fold({ title, isOpen = false, children }: { title: string; isOpen?: boolean; children: ReactNode }): JSX.Element {
  return (
    <details
      className="fold"
      open={isOpen}
      onToggle={(event) => {
        if (!isOpen && event.currentTarget.open) event.currentTarget.scrollIntoView({ block: 'nearest' });
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
