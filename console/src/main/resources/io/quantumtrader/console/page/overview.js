// How well it is, what the accounts have, and how near they are to their limits.
import {h, badge, table, setText} from './dom.js';
import {number, signed, percent, kind, time, dateTime} from './format.js';
import {state, ofAccount} from './state.js';
import {equityChart, signs} from './charts.js';
import {csvLink} from './csv.js';
import {whyButton} from './why.js';
import {picture} from './pipeline.js';
import {orderButton} from './orders.js';
import {waitingEntries} from './desk.js';

const LATELY = 5;
const HOLDS = ['INTENT_HOLD', 'ACTION_HOLD'];
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
  const waiting = waitingEntries();
  const accounts = h('div');
  const cards = new Map();
  const chart = equityChart();
  const open = openNow();
  const refused = refusedLately();
  const of = h('select');
  const ofLabel = h('label', {}, 'Account', of);
  const curve = names => (state.account === '*' ? of.value || names[0] : state.account);

  function update() {
    flow.update();
    waiting.update();
    waiting.element.hidden = !ofAccount(state.approvals).length;
    const rows = ofAccount(state.accounts);
    const names = rows.map(row => row.account);
    for (const row of rows) {
      if (!cards.has(row.account)) cards.set(row.account, accountCard(row.account));
      const card = cards.get(row.account);
      if (!card.element.isConnected) accounts.append(card.element);
      card.update(row);
    }
    for (const [name, card] of cards) if (!names.includes(name)) card.element.remove();
    open.update(ofAccount(state.positions));
    refused.update(refusals());
    const offered = new Set([...of.options].map(option => option.value));
    names.filter(name => !offered.has(name)).forEach(name => of.append(h('option', {}, name)));
    ofLabel.hidden = state.account !== '*' || names.length < 2;
    chart.update(curve(names));
  }

  of.addEventListener('input', () => chart.update(of.value));
  const element = h('div', {}, waiting.element,
    h('section', {class: 'panel'}, h('h2', {}, 'Pipeline'), flow.element),
    h('div', {class: 'columns'}, h('section', {class: 'panel'}, h('h2', {}, 'Open now'), open.element),
      h('section', {class: 'panel'}, h('h2', {}, 'Refused lately'), refused.element)),
    accounts,
    h('section', {class: 'panel'}, h('h2', {}, 'Equity and heat'), h('div', {class: 'filters'}, ofLabel), chart.element,
      signs('▲ bought', '▼ sold', '× denied', '¦ another policy'),
      csvLink('/api/equity', () => ({account: state.account === '*' ? of.value : state.account}))));
  return {element, update};
}

/** What is open, in few words; everything about it is on its own page. */
function openNow() {
  return table('Open positions', [
    {label: 'Symbol', value: row => whyButton(row.symbol, row.openedBy || row.symbol)},
    {label: 'Account', value: row => row.account},
    {label: 'Side', value: row => row.side === 'LONG' ? '▲\u00a0long' : '▼\u00a0short'},
    {label: 'Profit', number: true, value: row => h('span', {class: kind(row.unrealizedPnl)}, signed(row.unrealizedPnl))},
    {label: 'R', number: true, value: row => h('span', {class: kind(row.r)}, signed(row.r))},
  ], {key: row => row.positionId, cards: false, empty: 'Nothing is open.'});
}

/** The last denials; one for the same reason again is told once, with how often. */
function refusals() {
  const groups = new Map();
  for (const row of ofAccount(state.decisions)) {
    if (row.verdict !== 'DENIED' || HOLDS.includes(row.code)) continue;
    const key = `${row.account} ${row.stage} ${row.code}`;
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, {...row, key, count: 1});
  }
  return [...groups.values()].slice(0, LATELY);
}

function refusedLately() {
  return table('The last denials', [
    {label: 'UTC', value: row => time(row.atMs)},
    {label: 'What and why', words: true, value: row => whyButton(`${row.account === '*' ? '' : `${row.account}: `}${row.words}${row.count > 1 ? ` – ${row.count} such` : ''}`, row.planId || row.causeId)},
  ], {key: row => row.key, cards: false, empty: 'Nothing was denied.'});
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
    const show = value => row.unit === 'count' ? number(value, 0) : percent(value, value < 1 ? 1 : 0);
    const over = row.used !== null && row.used > 1;
    const near = row.used !== null && row.used > 0.8;
    setText(text, `${row.value === null ? '–' : show(row.value)} ${row.least ? 'of at least' : 'of'} ${show(row.limit)}${over ? ' – over' : row.used === 1 ? ' – at the limit' : near ? ' – near' : ''}`);
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
    const stopped = row.tradingState === 'ACTIVE' ? '' : `none while ${row.tradingState.toLowerCase()}`;
    const halted = row.haltedUntilMs ? `halted until ${dateTime(row.haltedUntilMs).slice(11)} UTC: ${row.haltCode}` : '';
    fact('Entries', stopped || halted || 'allowed', stopped || halted ? 'bad' : '');
    row.gauges.forEach(gauge);
  }
  const element = h('section', {class: 'panel'}, heading, facts, gauges,
    h('p', {class: 'row'},
      orderButton('Halt', 'HALT', {account: name}), orderButton('Reduce only', 'REDUCE_ONLY', {account: name}),
      orderButton('Resume', 'RESUME', {account: name}), orderButton('Reduce', 'REDUCE', {account: name}), orderButton('Flatten', 'FLATTEN', {account: name}, 'danger')));
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

