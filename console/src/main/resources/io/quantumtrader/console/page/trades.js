// Closed trades, and what they came to.
import {h, table} from './dom.js';
import {number, price, quantity, signed, percent, duration, kind, dateTime} from './format.js';
import {state, ask} from './state.js';
import {whyButton} from './why.js';
import {csvLink, chosenAccount} from './csv.js';

const REFRESH_MS = 3000;

export function tradesPage() {
  const trades = table('Closed trades, the newest first', [
    {label: 'Closed (UTC)', value: row => dateTime(row.closedAtMs)},
    {label: 'Account', value: row => row.account},
    {label: 'Symbol', value: row => row.openedBy ? whyButton(row.symbol, row.openedBy) : row.symbol},
    {label: 'Side', value: row => row.side === 'LONG' ? '▲\u00a0long' : '▼\u00a0short'},
    {label: 'Size', number: true, value: row => quantity(row.quantity)},
    {label: 'Entry', number: true, value: row => price(row.entryPrice)},
    {label: 'Exit', number: true, value: row => price(row.exitPrice)},
    {label: 'Net', number: true, value: row => h('span', {class: kind(row.net)}, signed(row.net))},
    {label: 'R', number: true, value: row => h('span', {class: kind(row.r)}, signed(row.r))},
    {label: 'Fees', number: true, value: row => number(row.fees)},
    {label: 'Funding', number: true, value: row => signed(row.funding)},
    {label: 'Held', number: true, value: row => duration(row.heldMs)},
    {label: 'Entry reason', words: true, value: row => [row.source, row.entryReason].filter(Boolean).join(': ') || 'not known'},
    {label: 'Exit', value: row => row.exitReason.toLowerCase().replaceAll('_', ' ')},
  ], {key: row => `${row.account} ${row.symbol} ${row.openedAtMs} ${row.closedAtMs}`, empty: 'No trade was closed yet.'});
  const by = h('select', {}, ...['all', 'symbol', 'side', 'exit', 'regime', 'source', 'day'].map(name => h('option', {}, name)));
  by.value = 'symbol';
  const figures = table('What they came to', [
    {label: 'Group', value: row => row.group || 'all'},
    {label: 'Trades', number: true, value: row => number(row.trades, 0)},
    {label: 'Won', number: true, value: row => percent(row.winRate, 0)},
    {label: 'Expectancy', number: true, value: row => h('span', {class: kind(row.expectancy)}, signed(row.expectancy))},
    {label: 'Average R', number: true, value: row => h('span', {class: kind(row.averageR)}, signed(row.averageR))},
    {label: 'Profit factor', number: true, value: row => number(row.profitFactor)},
    {label: 'Net', number: true, value: row => h('span', {class: kind(row.net)}, signed(row.net))},
    {label: 'Fees', number: true, value: row => number(row.fees)},
  ], {key: row => row.group, empty: 'No trade was closed yet.'});
  let askedAt = 0;

  async function update(now = false) {
    if (!now && Date.now() - askedAt < REFRESH_MS) return;
    askedAt = Date.now();
    const [rows, all, groups] = await Promise.all([
      ask('/api/trades', {account: state.account}),
      ask('/api/trades/figures', {account: state.account, by: 'all'}),
      ask('/api/trades/figures', {account: state.account, by: by.value}),
    ]);
    trades.update(rows);
    figures.update(by.value === 'all' ? all : [...all, ...groups]);
  }
  by.addEventListener('input', () => update(true));
  return {
    element: h('div', {}, h('section', {class: 'panel'}, h('h2', {}, 'Figures'),
      h('div', {class: 'filters'}, h('label', {}, 'By', by)), figures.element,
      csvLink('/api/trades/figures', () => ({account: state.account, by: by.value}))),
    h('section', {class: 'panel'}, h('h2', {}, 'Trades'), trades.element,
      csvLink('/api/trades', chosenAccount({limit: 20000})))),
    update,
  };
}
