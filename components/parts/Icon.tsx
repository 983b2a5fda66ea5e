import type { JSX } from 'react';

const paths = {
  arrow: 'M2.5 8h11M9.5 4l4 4-4 4',
  check: 'M3.5 8.5l3 3 6-7',
  cross: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  warning: 'M8 2.25l6.25 11.25H1.75zM8 6.5v3M8 11.6v.01',
  pause: 'M6 5v6M10 5v6',
  external: 'M6.5 3.5h-3v9h9v-3M9.5 2.5h4v4M13.25 2.75L7.5 8.5',
  chevron: 'M6 4l4 4-4 4',
  console: 'M2 3.5h12v7.5H2zM5.5 13.5h5M8 11v2.5',
  service: 'M4.75 12.5a3 3 0 01-.4-5.97 4 4 0 017.6.72 2.65 2.65 0 01-.2 5.25z',
  lock: 'M3.75 7.25h8.5v6h-8.5zM5.5 7.25V5a2.5 2.5 0 015 0v2.25',
  connections: 'M5.5 8h5M2 8a1.75 1.75 0 103.5 0A1.75 1.75 0 102 8zM10.5 8a1.75 1.75 0 103.5 0 1.75 1.75 0 10-3.5 0z',
  options: 'M2 4.5h7M12 4.5h2M10.5 3v3M2 11.5h2M7 11.5h7M5.5 10v3',
  panel: 'M2 3h12v10H2zM9.5 3v10',
  undo: 'M3 6.5h6.5a3.25 3.25 0 010 6.5H6M5.75 3.75L3 6.5l2.75 2.75',
} as const;

export type IconName = keyof typeof paths;

/** A small line drawing; never the only bearer of a meaning. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }): JSX.Element {
  return (
    <svg className={`icon ${className}`.trim()} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

/** Keyferry's mark: a key carried over a wave. */
export function Mark(): JSX.Element {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <rect width="24" height="24" rx="6.5" />
      <path d="M10.75 9.25h7.5v2.5M14.75 9.25v2M5 17c1.17 0 1.17-1 2.33-1s1.17 1 2.34 1 1.16-1 2.33-1 1.17 1 2.33 1 1.17-1 2.34-1S17.83 17 19 17" />
      <circle cx="8.25" cy="9.25" r="2.5" />
    </svg>
  );
}
