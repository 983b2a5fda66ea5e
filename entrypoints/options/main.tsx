import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Options } from '../../components/options/Options.tsx';
import type { Failure } from '../../lib/failure.ts';
import { perform, watchOptions } from '../../lib/options/controller.ts';
import type { OptionsIntent, OptionsView } from '../../lib/options/view.ts';

const root = createRoot(document.getElementById('app')!);
let view: OptionsView | undefined;
let notice: Failure | undefined;

function draw(): void {
  if (!view) return;
  root.render(
    <StrictMode>
      <Options view={view} notice={notice} onIntent={(intent) => void handle(intent)} />
    </StrictMode>,
  );
}

async function handle(intent: OptionsIntent): Promise<void> {
  notice = await perform(intent);
  draw();
}

watchOptions((newest) => {
  view = newest;
  draw();
});
