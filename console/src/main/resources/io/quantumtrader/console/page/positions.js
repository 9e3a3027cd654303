// What is open, what it earns, and what is under way.
import {h, table} from './dom.js';
import {number, price, quantity, signed, percent, duration, kind, time} from './format.js';
import {state, ofAccount} from './state.js';
import {orderButton} from './orders.js';
import {waitingEntries} from './desk.js';
import {whyButton} from './why.js';
import {csvLink, chosenAccount} from './csv.js';

export function positionsPage() {
  const open = table('Open positions', [
    {label: 'Symbol', value: row => whyButton(row.symbol, row.openedBy || row.symbol)},
    {label: 'Account', value: row => row.account},
    {label: 'Side', value: row => row.side === 'LONG' ? '▲\u00a0long' : '▼\u00a0short'},
    {label: 'Size', number: true, value: row => quantity(row.quantity)},
    {label: 'Entry', number: true, value: row => price(row.entryPrice)},
    {label: 'Mark', number: true, value: row => price(row.markPrice)},
    {label: 'Profit', number: true, value: row => h('span', {class: kind(row.unrealizedPnl)}, signed(row.unrealizedPnl))},
    {label: 'R', number: true, value: row => h('span', {class: kind(row.r)}, signed(row.r))},
    {label: 'Stop', number: true, value: row => row.stopPrice === null ? h('span', {class: 'bad'}, 'none') : price(row.stopPrice)},
    {label: 'Target', number: true, value: row => price(row.targetPrice)},
    {label: 'Next rung', number: true, value: row => row.nextRungR === null ? 'all taken' : `${row.nextRungR} R at ${price(row.nextRungPrice)}`},
    {label: 'Kill score', number: true, value: row => number(row.killScore)},
    {label: 'Heat share', number: true, value: row => percent(row.heatShare, 0)},
    {label: 'Age', number: true, value: row => duration(row.ageMs)},
    {label: 'Opened by', words: true, value: row => [row.source, row.reason].filter(Boolean).join(': ') || 'not known'},
    {label: 'Order', value: row => orders({account: row.account, symbol: row.symbol})},
  ], {key: row => row.positionId, empty: 'Nothing is open.'});
  const reserved = table('Plans without a final result', [
    {label: 'Plan', value: row => whyButton(row.planId, row.planId)},
    {label: 'Account', value: row => row.account},
    {label: 'Symbol', value: row => row.symbol},
    {label: 'Action', value: row => row.action.toLowerCase().replaceAll('_', ' ')},
    {label: 'Side', value: row => row.side.toLowerCase()},
    {label: 'Size', number: true, value: row => quantity(row.quantity)},
    {label: 'Margin', number: true, value: row => number(row.margin)},
    {label: 'Granted (UTC)', number: true, value: row => time(row.grantedAtMs)},
    {label: 'Outcome so far', value: row => row.outcome.toLowerCase().replaceAll('_', ' ') || 'none'},
  ], {key: row => row.planId, empty: 'Nothing is under way.'});

  const waiting = waitingEntries();

  function update() {
    waiting.update();
    open.update(ofAccount(state.positions));
    reserved.update(ofAccount(state.reservations));
  }
  return {
    element: h('div', {}, waiting.element, h('section', {class: 'panel'}, h('h2', {}, 'Positions'), open.element,
      csvLink('/api/positions', chosenAccount())),
    h('section', {class: 'panel'}, h('h2', {}, 'Under way'), reserved.element,
      csvLink('/api/reservations', chosenAccount()))),
    update,
  };
}

function orders(of) {
  return h('span', {class: 'row'}, orderButton('Close', 'CLOSE', of), orderButton('Stop', 'STOP', of), orderButton('Lock', 'LOCK_ENTRIES', of));
}
