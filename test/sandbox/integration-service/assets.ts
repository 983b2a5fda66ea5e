/** Replaces the page's content every second while a sync is running. Without script, a reload does the same. */
export const LIVE_SCRIPT = `
async function refresh() {
  const main = document.querySelector('main[data-live]');
  if (!main) return;
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
    const fresh = page.querySelector('main');
    // Somebody typing or tabbing through would lose their place.
    if (fresh && !(fresh.dataset.live && main.contains(document.activeElement))) main.replaceWith(fresh);
  } catch {}
  setTimeout(refresh, 1000);
}
setTimeout(refresh, 1000);
`;

export const STYLES = `
:root {
  color-scheme: light;
  --ink: #16211f; --soft: #55645f; --line: #dde5e1; --ground: #f4f7f5; --paper: #fff; --accent: #0b6b57; --accent-ink: #fff;
  --good: #0a6640; --good-ground: #dcf3e6; --wait: #7a4b00; --wait-ground: #fdeecb; --bad: #a11b1b; --bad-ground: #fbe2e0;
  font: 15px/1.5 "Inter", "Segoe UI", system-ui, sans-serif; color: var(--ink); background: var(--ground);
}
* { box-sizing: border-box; }
body { margin: 0; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid #2f7de1; outline-offset: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; background: var(--paper); padding: 8px 12px; z-index: 1; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 28px; padding: 0 28px; min-height: 60px; background: #10302a; color: #e6f0ec; }
.bar a { color: inherit; text-decoration: none; }
.brand { display: flex; align-items: center; gap: 10px; font-weight: 650; font-size: 17px; letter-spacing: -.01em; }
.brand span { width: 22px; height: 22px; border-radius: 6px; background: linear-gradient(#5fd3a8 0 5px, transparent 5px 8px, #5fd3a8 8px 13px, transparent 13px 16px, #5fd3a8 16px); }
.bar nav { display: flex; gap: 4px; }
.bar nav a { padding: 6px 12px; border-radius: 8px; color: #c7dad3; }
.bar nav a:hover, .bar nav a[aria-current] { background: #1f4a41; color: #fff; }
.organization { margin-left: auto; color: #c7dad3; }
main { max-width: 1180px; margin: 0 auto; padding: 32px 28px 64px; }
h1 { font-size: 26px; line-height: 1.2; letter-spacing: -.02em; margin: 0; }
h2 { font-size: 16px; margin: 0 0 16px; }
.heading { display: flex; align-items: center; gap: 14px; }
.heading p, .sub, .quiet:not(button), small, dt { color: var(--soft); }
.heading p, .sub, .trail { margin: 0; }
.sub { margin-top: 4px; }
.trail { margin-bottom: 6px; font-size: 14px; }
small { display: block; font-size: 13px; font-weight: 400; }
.tabs { display: flex; gap: 24px; margin: 22px 0; border-bottom: 1px solid var(--line); }
.tabs a { padding: 10px 0; color: var(--soft); text-decoration: none; margin-bottom: -1px; border-bottom: 3px solid transparent; }
.tabs a[aria-current] { color: var(--ink); font-weight: 600; border-color: var(--accent); }
.amount { font-size: 12px; font-weight: 500; background: #e4ece8; color: var(--soft); border-radius: 99px; padding: 2px 8px; }
.panel, .table, .card, .empty { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; }
.panel { padding: 22px 24px; margin-bottom: 20px; }
.empty { padding: 40px 24px; text-align: center; color: var(--soft); }
dl { display: grid; grid-template-columns: 160px 1fr; gap: 10px 16px; margin: 0; }
dd { margin: 0; }
button { font: inherit; font-weight: 600; border: 0; border-radius: 8px; padding: 9px 18px; background: var(--accent); color: var(--accent-ink); cursor: pointer; }
button:hover { background: #08523f; }
button:disabled { background: #e4ece8; color: var(--soft); cursor: default; }
button.quiet { background: var(--paper); color: var(--ink); border: 1px solid #8a9993; }
.panel form { margin-top: 20px; }
.search { margin: 18px 0; }
.search label { display: block; font-size: 13px; color: var(--soft); margin-bottom: 4px; }
.search div { display: flex; gap: 8px; max-width: 460px; }
input { font: inherit; flex: 1; min-width: 0; padding: 8px 12px; border: 1px solid #8a9993; border-radius: 8px; background: var(--paper); color: inherit; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; padding: 11px 16px; vertical-align: top; border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; }
tbody tr:hover { background: #f8fbf9; }
tbody th { font-weight: 600; }
thead th { font-size: 13px; font-weight: 500; color: var(--soft); background: #fafcfb; white-space: nowrap; }
tbody th, td code { white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
code { font: 13px/1.4 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.pill { display: inline-flex; align-items: center; gap: 7px; border-radius: 99px; padding: 2px 11px 2px 9px; font-size: 13px; font-weight: 600; white-space: nowrap; }
.pill::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: currentColor; }
.pill.connected { color: var(--good); background: var(--good-ground); }
.pill.connecting { color: var(--wait); background: var(--wait-ground); }
.pill.failed { color: var(--bad); background: var(--bad-ground); }
.notice { background: var(--bad-ground); border-radius: 8px; padding: 14px 18px; margin-bottom: 20px; }
.notice strong { color: var(--bad); }
.notice p { margin: 8px 0 0; }
.notice ul { margin: 4px 0 0; padding-left: 20px; }
.progress { display: grid; gap: 6px; margin-bottom: 20px; }
progress { width: 100%; accent-color: var(--accent); }
.pager { display: flex; justify-content: flex-end; gap: 18px; margin-top: 16px; font-size: 14px; color: var(--soft); }
.cards { list-style: none; padding: 0; margin: 22px 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 16px; }
.card { display: flex; flex-direction: column; padding: 18px 20px; color: inherit; text-decoration: none; }
.card:hover { border-color: var(--accent); }
.card span { color: var(--soft); }
@media (max-width: 640px) { .bar { padding: 10px 16px; } .organization { margin-left: 0; } main { padding: 24px 16px 48px; } dl { grid-template-columns: 1fr; gap: 2px; } dd { margin-bottom: 10px; } }
`;
