import type { JSX } from 'react';

/** One line of a `dl` of facts; nothing where there is no value. */
export function Row({ title, value }: { title: string; value: string | undefined }): JSX.Element | null {
  if (value === undefined || value === '') return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd>{value}</dd>
    </div>
  );
}
