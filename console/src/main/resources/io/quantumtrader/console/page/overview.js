// How well it is, what the accounts have, and how near they are to their limits.
import {h, badge, table, setText} from './dom.js';
import {number, signed, percent, kind, dateTime} from './format.js';
import {state, ofAccount} from './state.js';
import {equityChart} from './charts.js';
import {picture} from './pipeline.js';
import {orderButton} from './orders.js';

const NAMES = {
  slots: 'Slots', exposure: 'Exposure', marginRatio: 'Margin ratio', dailyLoss: 'Daily loss',
  drawdown: 'Drawdown', lossStreak: 'Losses in a row',
};

export function healthBadge(health) {
  if (!health) return badge('unknown', 'waiting');
  const kinds = {HEALTHY: 'good', WARNING: 'warn', CRITICAL: 'bad'};
  return badge(`${health.score} ${health.level.toLowerCase()}`, kinds[health.level]);
}

export function tradingState(word) {
  const kinds = {ACTIVE: 'good', REDUCING: 'warn', HALTED: 'bad'};
  return badge(word, kinds[word] ?? '');
}

export function overview() {
  const flow = picture();
  const accounts = h('div');
  const cards = new Map();
  const chart = equityChart();

  function update() {
    flow.update();
    const rows = ofAccount(state.accounts);
    const names = rows.map(row => row.account);
    for (const row of rows) {
      if (!cards.has(row.account)) cards.set(row.account, accountCard(row.account));
      const card = cards.get(row.account);
      if (!card.element.isConnected) accounts.append(card.element);
      card.update(row);
    }
    for (const [name, card] of cards) if (!names.includes(name)) card.element.remove();
    chart.update(state.account === '*' ? names[0] : state.account);
  }

  const element = h('div', {},
    h('section', {class: 'panel'}, h('h2', {}, 'Pipeline'), flow.element),
    accounts,
    h('section', {class: 'panel'}, h('h2', {}, 'Equity and heat'), chart.element));
  return {element, update};
}

function accountCard(name) {
  const facts = h('dl', {class: 'facts'});
  const gauges = h('div', {class: 'gauges'});
  const heading = h('h2', {}, `Account ${name} `);
  const stateWord = h('span');
  heading.append(stateWord);
  const values = new Map();
  const bars = new Map();

  function fact(label, text, tone = '') {
    if (!values.has(label)) {
      const value = h('dd');
      values.set(label, value);
      facts.append(h('div', {}, h('dt', {}, label), value));
    }
    const value = values.get(label);
    setText(value, text);
    value.className = tone;
  }

  function gauge(row) {
    if (!bars.has(row.name)) {
      const text = h('span');
      const bar = h('progress', {max: '1', 'aria-label': NAMES[row.name]});
      bars.set(row.name, {text, bar});
      gauges.append(h('div', {class: 'gauge'}, h('div', {class: 'text'}, h('span', {}, NAMES[row.name]), text), bar));
    }
    const {text, bar} = bars.get(row.name);
    const show = value => row.unit === 'count' ? number(value, 0) : percent(value);
    const over = row.used !== null && row.used > 1;
    const near = row.used !== null && row.used > 0.8;
    setText(text, `${row.value === null ? '–' : show(row.value)} ${row.least ? 'of at least' : 'of'} ${show(row.limit)}${over ? ' – over' : near ? ' – near' : ''}`);
    bar.value = Math.min(1, row.used ?? 0);
    bar.className = over ? 'bad' : near ? 'warn' : '';
  }

  function update(row) {
    stateWord.replaceChildren(tradingState(row.tradingState));
    if (row.stateReason) stateWord.append(h('span', {class: 'soft'}, ` ${row.stateReason}`));
    fact('Equity', number(row.equity));
    fact('Today', signed(row.dayProfit), kind(row.dayProfit));
    fact('Open profit', signed(row.unrealizedPnl), kind(row.unrealizedPnl));
    fact('Realised, net', signed(row.realizedNet), kind(row.realizedNet));
    fact('Positions', `${row.openPositions} + ${row.reservations} reserved`);
    fact('Heat', row.heat === null ? '–' : `${percent(row.heat)} ${row.heatLevel.toLowerCase()}`);
    fact('Policy', `${row.policyName} ${row.policyVersion}`);
    fact('Entries', row.haltedUntilMs ? `halted until ${dateTime(row.haltedUntilMs).slice(11)}: ${row.haltCode}` : 'not halted',
      row.haltedUntilMs ? 'bad' : '');
    row.gauges.forEach(gauge);
  }
  const element = h('section', {class: 'panel'}, heading, facts, gauges,
    h('p', {class: 'row'},
      orderButton('Halt', 'HALT', {account: name}), orderButton('Reduce only', 'REDUCE_ONLY', {account: name}),
      orderButton('Resume', 'RESUME', {account: name}), orderButton('Flatten', 'FLATTEN', {account: name}, 'danger')));
  return {element, update};
}

export function healthPage() {
  const score = h('p');
  const costs = table('What costs points', [
    {label: 'Points', number: true, value: row => `−${row.points}`},
    {label: 'What', value: row => row.cost.toLowerCase().replaceAll('_', ' ')},
    {label: 'Found', words: true, value: row => row.found},
    {label: 'Meaning', words: true, value: row => row.meaning},
    {label: 'Runbook', value: row => row.runbook},
  ], {key: row => row.cost, empty: 'Nothing costs points.'});
  const readers = table('How far the readers are behind', [
    {label: 'Reader', value: row => row.reader},
    {label: 'Records', number: true, value: row => number(row.behind, 0)},
  ], {key: row => row.reader, empty: 'The broker has not said yet.'});

  function update() {
    score.replaceChildren('Score from 0 to 100: ', healthBadge(state.health));
    costs.update(state.health?.costs ?? []);
    readers.update(state.pipeline?.readers ?? []);
  }
  return {
    element: h('div', {}, h('section', {class: 'panel'}, h('h2', {}, 'Health'), score, costs.element),
      h('section', {class: 'panel'}, h('h2', {}, 'Readers'), readers.element)),
    update,
  };
}

