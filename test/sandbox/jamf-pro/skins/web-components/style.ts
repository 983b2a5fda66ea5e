import { css } from 'lit';

/** Of every shadow root of the console's own elements. */
export const sharedStyle = css`
  a { color: inherit; text-decoration: none; }
  td a, .trail a { color: #2c5ea8; }
  h1 { margin: 0 0 20px; font-size: 24px; }
  table { width: 100%; border-collapse: collapse; }
  th, td { padding: 10px 16px; text-align: left; border-bottom: 1px solid #d8dde5; }
  .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 16px; }
  .actions { display: flex; gap: 12px; margin: 20px 0; }
  .tree { max-height: 420px; overflow: auto; }
  form { display: flex; flex-direction: column; gap: 16px; max-width: 640px; }
  header form { display: block; }
  dl { display: grid; grid-template-columns: 220px 1fr; gap: 12px 24px; }
  dd { margin: 0; }
  .copyable { display: flex; gap: 8px; align-items: end; }
  .copyable wa-input { flex: 1; }
`;
