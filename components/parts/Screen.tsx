import type { JSX, ReactNode } from 'react';
import type { Failure } from '../../lib/failure.ts';
import { Icon } from './Icon.tsx';
import { FailureDetails, FailureNotice } from './Notice.tsx';

export interface ScreenProps {
  title: string;
  lead?: string | undefined;
  /** It worked. */
  isSuccess?: boolean;
  /** Above the heading. */
  top?: ReactNode;
  /** The last intent failed. */
  notice?: Failure | undefined;
  children?: ReactNode;
  /** Buttons, the main one first. */
  actions?: ReactNode;
}

/** The frame of every view: heading, what scrolls, buttons that stay. */
export function Screen({ title, lead, isSuccess = false, top, notice, children, actions }: ScreenProps): JSX.Element {
  return (
    <>
      <main className="screen">
        {top}
        <div className="heading">
          {isSuccess && (
            <span className="seal">
              <Icon name="check" />
            </span>
          )}
          <div>
            <h1 tabIndex={-1}>{title}</h1>
            {lead !== undefined && <p className="lead">{lead}</p>}
          </div>
        </div>
        {notice && <FailureNotice failure={notice} isAlert />}
        {children}
        {notice && <FailureDetails failure={notice} />}
      </main>
      {actions !== undefined && <footer className="actions">{actions}</footer>}
    </>
  );
}
