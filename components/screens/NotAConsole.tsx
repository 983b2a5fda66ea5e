import type { JSX } from 'react';
import { Screen } from '../parts/Screen.tsx';
import { useMessages } from '../text/context.tsx';

export function NotAConsole(): JSX.Element {
  const text = useMessages().notAConsole;
  return (
    <Screen title={text.title} lead={text.about}>
      <div className="card">
        <p>{text.next}</p>
        {text.examples.map((example) => (
          <p key={example} className="address">
            {example}
          </p>
        ))}
      </div>
    </Screen>
  );
}
