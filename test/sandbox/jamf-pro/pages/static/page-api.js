// The page's own API calls, for the server-made pages and the skins alike.

const { dataset } = document.body;
const context = dataset.context ?? '';

/** @type {string | undefined} Only in memory, never in storage. */
let bearer;

/** Calls the API the way this console lets its own page in; undefined where it does not answer. */
async function callApi(path, retry = true) {
  if (dataset.api === 'bearer' && bearer === undefined) {
    const answer = await fetch(`${context}/view/session/token`, { method: 'POST' });
    bearer = answer.ok ? (await answer.json()).token : undefined;
  }
  const answer = await fetch(context + path, bearer === undefined ? {} : { headers: { Authorization: `Bearer ${bearer}` } });
  if (answer.ok) return await answer.json();
  if (answer.status !== 401 || bearer === undefined || !retry) return undefined;
  // The token ran out.
  bearer = undefined;
  return await callApi(path, false);
}

/** What the header shows; nothing where the API does not let the console's own page in. */
export async function readApiFacts() {
  if (dataset.api === undefined) return {};
  const auth = await callApi('/api/v1/auth');
  const version = await callApi('/api/v1/jamf-pro-version');
  return { account: auth && (auth.account.realName || auth.account.username), version: version?.version };
}
