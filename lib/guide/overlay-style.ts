/*
 * The look of the overlay: colours and type of components/keyferry.css. `!important` in a shadow tree's `:host` beats whatever the
 * page says of the host, and the page's selectors do not reach further in.
 */
export const overlayStyle = `
:host {
  all: initial !important;
  display: block !important;
  position: fixed !important;
  inset: 0 !important;
  inline-size: 100% !important;
  block-size: 100% !important;
  direction: ltr !important;
  z-index: 2147483647 !important;
  pointer-events: none !important;
}
:host::backdrop { display: none !important; }
.root {
  --ground: #ffffff; --surface: #f5f7f8; --line: #e0e5e8; --line-control: #7f8b93; --text: #12191d; --text-quiet: #525e66;
  --accent: #0a6568; --accent-soft: #e3f2f1; --on-accent: #ffffff; --danger: #a8201a; --danger-soft: #fdf0ee; --danger-line: #f0c9c5;
  --shadow: 0 0 0 1px rgb(18 25 29 / 8%), 0 2px 6px rgb(18 25 29 / 8%), 0 12px 32px rgb(18 25 29 / 16%);
  color-scheme: light;
  color: var(--text);
  font: 13px/19px system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Hiragino Sans', 'Hiragino Kaku Gothic ProN', 'Yu Gothic UI', Meiryo, 'Noto Sans JP', 'Noto Sans CJK JP', sans-serif;
  overflow-wrap: anywhere;
  text-align: start;
  text-size-adjust: 100%;
}
@media (prefers-color-scheme: dark) {
  .root {
    --ground: #1d2327; --surface: #283036; --line: #2f373d; --line-control: #76838c; --text: #ecf0f2; --text-quiet: #a3afb7;
    --accent: #54c5be; --accent-soft: #12322f; --on-accent: #04201e; --danger: #ff9a91; --danger-soft: #2d1a1a; --danger-line: #5c2e2b;
    --shadow: 0 0 0 1px rgb(255 255 255 / 12%), 0 2px 6px rgb(0 0 0 / 32%), 0 12px 32px rgb(0 0 0 / 48%);
    color-scheme: dark;
  }
}
.root *, .root *::before { box-sizing: border-box; }
[hidden] { display: none !important; }
p, ul { margin: 0; padding: 0; font: inherit; }
ul { list-style: none; }
svg { display: block; flex: none; inline-size: 16px; block-size: 16px; fill: none; stroke: currentcolor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.glass, .ring, .tag, .card, .pill { position: fixed; left: 0; top: 0; }
.glass { inline-size: 100%; block-size: 100%; visibility: hidden; }
.pointing .glass { visibility: visible; pointer-events: auto; cursor: crosshair; }
/* Two lines, so that one of them shows on any ground. */
.ring { border-radius: 8px; outline: 2px solid var(--accent); box-shadow: 0 0 0 4px var(--ground), 0 0 0 8px color-mix(in srgb, var(--accent) 24%, transparent); }
.attention .ring { outline-color: var(--danger); box-shadow: 0 0 0 4px var(--ground), 0 0 0 8px color-mix(in srgb, var(--danger) 24%, transparent); }
.pointing .ring { outline-style: dashed; }
.tag { max-inline-size: min(320px, 90vw); padding: 3px 8px; overflow: hidden; border-radius: 6px; background: var(--accent); color: var(--on-accent); box-shadow: var(--shadow); font-size: 12px; font-weight: 550; text-overflow: ellipsis; white-space: nowrap; }
.card, .pill { pointer-events: auto; background: var(--ground); color: inherit; box-shadow: var(--shadow); }
.card { inline-size: min(300px, calc(100vw - 16px)); max-block-size: calc(100vh - 16px); overflow: auto; padding: 10px 10px 10px 12px; border-radius: 12px; scrollbar-width: thin; }
.pill { display: flex; align-items: center; gap: 8px; max-inline-size: min(260px, calc(100vw - 16px)); padding: 6px 12px 6px 7px; border: 0; border-radius: 16px; font: inherit; font-weight: 550; cursor: pointer; }
.pill .title { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.head { display: flex; align-items: flex-start; gap: 8px; }
.head .title { flex: 1; min-inline-size: 0; padding-block: 1px; font-size: 14px; font-weight: 600; line-height: 20px; }
.progress { padding-block: 2px; color: var(--text-quiet); font-size: 12px; line-height: 18px; font-variant-numeric: tabular-nums; white-space: nowrap; }
.body { padding-inline: 30px 6px; }
.text { margin-block-start: 2px; color: var(--text-quiet); }
.sign { display: grid; flex: none; place-items: center; inline-size: 22px; block-size: 22px; border-radius: 7px; background: var(--accent); color: var(--on-accent); }
.sign svg { inline-size: 14px; block-size: 14px; stroke-width: 1.75; }
.sign .mark { inline-size: 22px; block-size: 22px; stroke-width: 1.6; }
.attention .sign { background: var(--danger-soft); color: var(--danger); box-shadow: inset 0 0 0 1px var(--danger-line); }
.busy .sign, .done .sign { background: var(--accent-soft); color: var(--accent); }
.spinner { inline-size: 12px; block-size: 12px; border: 2px solid currentcolor; border-block-start-color: transparent; border-radius: 50%; animation: turn 900ms linear infinite; }
.items { display: flex; flex-direction: column; gap: 2px; margin-block-start: 6px; }
.items li { display: flex; gap: 6px; }
.items svg { inline-size: 14px; block-size: 14px; margin-block-start: 2.5px; }
.items .done { color: var(--text-quiet); }
.items .done svg { color: var(--accent); }
.items .surplus svg { color: var(--danger); }
.actions, .more { display: flex; flex-wrap: wrap; gap: 2px 4px; }
.more { display: contents; }
.text:empty, .progress:empty, .items:empty { display: none; }
.actions:not(:has(> button:not([hidden]), .more > *)) { display: none; }
.actions { margin: 6px 0 -2px -8px; }
.minimise, .action { display: inline-flex; align-items: center; gap: 6px; min-block-size: 26px; padding: 3px 8px; border: 0; border-radius: 6px; background: none; color: var(--accent); font: inherit; font-weight: 550; text-decoration: none; text-align: start; cursor: pointer; }
.minimise { justify-content: center; inline-size: 24px; min-block-size: 24px; margin: -1px; padding: 0; color: var(--text-quiet); }
.minimise:hover, .action:hover { background: var(--accent-soft); color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -1px; }
.card:focus-visible, .pill:focus-visible { outline-offset: 2px; }
/* Under a modal dialog of the page nothing here can be used. */
.still .minimise, .still .actions { display: none; }
.only-read { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@keyframes turn { to { rotate: 1turn; } }
@keyframes come { from { opacity: 0; scale: 1.12; } }
@keyframes rise { from { opacity: 0; transform: translateY(6px); } }
@media (prefers-reduced-motion: no-preference) {
  .ring { animation: come 260ms cubic-bezier(0.2, 0, 0, 1); }
  .card, .pill { animation: rise 200ms cubic-bezier(0.2, 0, 0, 1); }
}
@media (prefers-reduced-motion: reduce) {
  .spinner { animation-duration: 6s; animation-timing-function: steps(8); }
}
@media (forced-colors: active) {
  .ring { outline-color: Highlight; }
  .card, .pill, .tag { border: 1px solid CanvasText; }
  .sign { border: 1px solid CanvasText; }
  .spinner { border-block-start-color: Canvas; }
}
`;
