import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Popup } from '../../components/Popup.tsx';
import { PopupController } from '../../lib/popup/controller.ts';

const root = createRoot(document.getElementById('app')!);
const closing = new AbortController();
addEventListener('pagehide', () => closing.abort(), { once: true });

const controller = new PopupController(({ view, busy, notice }) => {
  if (!view) return;
  root.render(
    <StrictMode>
      <Popup view={view} busy={busy} notice={notice} onIntent={(intent) => void controller.handle(intent)} />
    </StrictMode>,
  );
});
void controller.open(document, closing.signal);
