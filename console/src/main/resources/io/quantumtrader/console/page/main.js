// Puts the page together: sections by the address's hash, one listener of the server, keys.
import {h, setText, badge} from './dom.js';
import {dateTime} from './format.js';
import {state, subscribe, connect, changed} from './state.js';
import {overview, healthBadge, healthPage} from './overview.js';
import {positionsPage} from './positions.js';
import {decisionsPage} from './decisions.js';
import {tradesPage} from './trades.js';
import {marketPage} from './market.js';
import {recordsPage} from './records.js';
import {openOrder} from './orders.js';

const SECTIONS = [
  {id: 'overview', title: 'Overview', make: overview},
  {id: 'positions', title: 'Positions', make: positionsPage},
  {id: 'decisions', title: 'Decisions', make: decisionsPage},
  {id: 'trades', title: 'Trades', make: tradesPage},
  {id: 'market', title: 'Market', make: marketPage},
  {id: 'records', title: 'Policy and letters', make: recordsPage},
  {id: 'health-page', title: 'Health', make: healthPage},
];
const main = document.getElementById('main');
const made = new Map();
let shown = null;

const tabs = SECTIONS.map(section => {
  const link = h('a', {href: `#${section.id}`}, section.title);
  document.getElementById('tabs').append(h('li', {}, link));
  return {section, link};
});

function show() {
  const [id, query] = location.hash.slice(1).split('?');
  const section = SECTIONS.find(each => each.id === id) ?? SECTIONS[0];
  if (!made.has(section.id)) made.set(section.id, section.make());
  shown = made.get(section.id);
  main.replaceChildren(shown.element);
  shown.open?.(new URLSearchParams(query));
  tabs.forEach(tab => {
    if (tab.section === section) tab.link.setAttribute('aria-current', 'page');
    else tab.link.removeAttribute('aria-current');
  });
  document.title = `${section.title} – Quantum Streams`;
  refresh();
}

function refresh() {
  const link = document.getElementById('link');
  const word = state.connected ? 'live' : 'connecting';
  if (link.textContent !== word) link.replaceChildren(badge(word, state.connected ? 'good' : 'waiting'));
  if (state.pipeline) setText(document.getElementById('clock'), dateTime(state.pipeline.nowMs));
  const health = document.getElementById('health');
  const now = healthBadge(state.health);
  if (health.textContent !== now.textContent) {
    health.textContent = now.textContent;
    health.className = now.className;
  }
  const accounts = document.getElementById('account');
  const known = new Set([...accounts.options].map(option => option.value));
  state.accounts.filter(row => !known.has(row.account)).forEach(row => accounts.append(h('option', {}, row.account)));
  const updating = shown?.update();
  updating?.catch?.(error => console.warn(error.message));
}

document.getElementById('account').addEventListener('input', event => {
  state.account = event.target.value;
  changed();
});
document.getElementById('operate').addEventListener('click', () => openOrder());
document.getElementById('theme').addEventListener('click', () => {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  setTheme(dark ? 'light' : 'dark');
});
document.addEventListener('keydown', event => {
  const typing = event.target.closest('input, select, textarea, dialog');
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const number = Number(event.key);
  if (number >= 1 && number <= SECTIONS.length) location.hash = `#${SECTIONS[number - 1].id}`;
  if (event.key === 'o') { event.preventDefault(); openOrder(); }
});

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  try { localStorage.setItem('theme', theme); } catch { /* a browser may keep nothing */ }
  document.dispatchEvent(new Event('themechange'));
}
try {
  const kept = localStorage.getItem('theme');
  if (kept) document.documentElement.dataset.theme = kept;
} catch { /* as above */ }

addEventListener('hashchange', () => {
  show();
  main.focus({preventScroll: true});
  scrollTo(0, 0);
});
subscribe(refresh);
show();
connect();
