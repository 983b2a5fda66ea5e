import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Popup } from '../../components/Popup.tsx';
import { canOpenPanel } from '../../lib/platform/panel.ts';
import { PopupController } from '../../lib/popup/controller.ts';

/** The side panel is the popup's page in another frame: it stays while the admin works in the console. */
const isPanel = document.documentElement.classList.contains('panel');
const root = createRoot(document.getElementById('app')!);
const closing = new AbortController();
addEventListener('pagehide', () => closing.abort(), { once: true });

const controller = new PopupController(({ view, busy, notice, hasConnections }) => {
  if (!view) return;
  root.render(
    <StrictMode>
      <Popup view={view} busy={busy} notice={notice} canOpenPanel={!isPanel && canOpenPanel()} hasOptions hasConnections={hasConnections} onIntent={(intent) => void controller.handle(intent)} />
    </StrictMode>,
  );
});
void controller.open(document, isPanel, closing.signal);
