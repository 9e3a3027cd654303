// What the server told last, and who wants to hear of it. The server tells everything anew on each
// connection, so a restart of it, or of this page, loses nothing.

const DECISIONS_KEPT = 500;

export const state = {
  accounts: [], positions: [], reservations: [], approvals: [], pipeline: null, health: null, decisions: [],
  account: '*', connected: false,
};

const listeners = new Set();

export function subscribe(listener) {
  listeners.add(listener);
}

export function changed() {
  listeners.forEach(listener => listener(state));
}

/** Rows of the account that is chosen, or of all. */
export function ofAccount(rows) {
  return rows.filter(row => state.account === '*' || row.account === state.account || row.account === '*');
}

export async function ask(path, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));
  const answer = await fetch(`${path}?${query}`);
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error ?? answer.statusText);
  return body;
}

export function connect() {
  const events = new EventSource('/api/events');
  events.addEventListener('state', event => {
    Object.assign(state, JSON.parse(event.data));
    state.connected = true;
    changed();
  });
  events.addEventListener('decisions', event => {
    const fresh = JSON.parse(event.data);
    const ids = new Set(fresh.map(row => row.decisionId));
    state.decisions = fresh.concat(state.decisions.filter(row => !ids.has(row.decisionId))).slice(0, DECISIONS_KEPT);
    changed();
  });
  events.onerror = () => {
    state.connected = false;
    changed();
    // The browser connects again by itself, unless the server refused it for good.
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
  };
}
