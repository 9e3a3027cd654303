// What was decided, in words, as it comes; and what is not traded, for what reason.
import {h, table, badge} from './dom.js';
import {time, dateTime, number} from './format.js';
import {state, ofAccount, ask} from './state.js';
import {whyButton} from './why.js';
import {csvLink, chosenAccount} from './csv.js';

const KINDS = {GRANTED: 'good', DENIED: 'bad', RECORDED: ''};
const SHOWN = 150;
const HOLDS = ['INTENT_HOLD', 'ACTION_HOLD'];

export function decisionsPage() {
  const filters = {stage: select('Stage'), verdict: select('Verdict', ['GRANTED', 'DENIED', 'RECORDED']), code: select('Code'), text: input('Text')};
  const stream = table('Last decisions, the newest first', [
    {label: 'Time (UTC)', value: row => time(row.atMs)},
    {label: 'Account', value: row => row.account},
    {label: 'Verdict', value: row => badge(row.verdict.toLowerCase(), KINDS[row.verdict])},
    {label: 'Stage', value: row => row.stage},
    {label: 'Code', value: row => row.code},
    {label: 'In words', words: true, value: row => row.words},
    {label: 'Why', value: row => whyButton('why', row.planId || row.causeId, row)},
  ], {key: row => row.decisionId, empty: 'No such decision is known.'});
  const denials = table('Denials by code and symbol', [
    {label: 'Count', number: true, value: row => number(row.count, 0)},
    {label: 'Code', value: row => row.code},
    {label: 'Symbol', value: row => row.symbol || 'any'},
    {label: 'Meaning', words: true, value: row => row.meaning},
    {label: 'Last (UTC)', value: row => dateTime(row.lastAtMs)},
  ], {key: row => `${row.code} ${row.symbol}`, empty: 'Nothing was denied.'});
  let askedAt = 0;

  function takes(row) {
    const text = filters.text.value.trim().toLowerCase();
    return ['stage', 'verdict', 'code'].every(name => !filters[name].value || row[name] === filters[name].value)
      && (!text || `${row.words} ${row.causeId} ${row.planId} ${row.code}`.toLowerCase().includes(text));
  }

  async function update() {
    const rows = ofAccount(state.decisions);
    offer(filters.stage, rows.map(row => row.stage));
    offer(filters.code, rows.map(row => row.code));
    // Who asks for nothing is denied by the letter, and would drown the rest; the code shows it all the same.
    const wanted = filters.code.value ? rows : rows.filter(row => !HOLDS.includes(row.code));
    stream.update(wanted.filter(takes).slice(0, SHOWN));
    if (Date.now() - askedAt > 3000) {
      askedAt = Date.now();
      denials.update(await ask('/api/denials', {account: state.account}));
    }
  }
  Object.values(filters).forEach(each => each.addEventListener('input', () => update()));

  function open(parameters) {
    if (parameters.has('stage')) {
      offer(filters.stage, [parameters.get('stage')]);
      filters.stage.value = parameters.get('stage');
    }
  }
  return {
    element: h('div', {}, h('section', {class: 'panel'}, h('h2', {}, 'Decisions'),
      h('div', {class: 'filters'}, ...Object.values(filters).map(each => each.parentElement)), stream.element,
      csvLink('/api/decisions', chosenAccount({limit: 20000}))),
    h('section', {class: 'panel'}, h('h2', {}, 'What is not traded, and why'), denials.element,
      csvLink('/api/denials', chosenAccount()))),
    update, open,
  };
}

function select(label, values = []) {
  const element = h('select', {}, h('option', {value: ''}, 'all'), ...values.map(value => h('option', {}, value)));
  h('label', {}, label, element);
  return element;
}

function input(label) {
  const element = h('input', {type: 'search', placeholder: 'symbol, id, code'});
  h('label', {}, label, element);
  return element;
}

function offer(element, values) {
  const known = new Set([...element.options].map(option => option.value));
  [...new Set(values)].filter(value => !known.has(value)).sort().forEach(value => element.append(h('option', {}, value)));
}
