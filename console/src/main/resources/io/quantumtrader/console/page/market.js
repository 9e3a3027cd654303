// Which symbols may be opened, what keeps the others out, and the price of one.
import {h, table} from './dom.js';
import {number, price, duration} from './format.js';
import {state, ask, ofAccount} from './state.js';
import {candleChart, signs} from './charts.js';
import {linesOfPosition} from './drawing.js';
import {csvLink} from './csv.js';

const REFRESH_MS = 3000;

export function marketPage() {
  const chosen = h('select', {});
  const chart = candleChart(symbol =>
    ofAccount(state.positions).filter(row => row.symbol === symbol).flatMap(linesOfPosition));
  const universe = table('Symbols: those that may be opened first', [
    {label: 'Rank', number: true, value: row => row.rank ?? '–'},
    {label: 'Symbol', value: row => h('button', {type: 'button', class: 'link', onclick: () => { chosen.value = row.symbol; draw(); }}, row.symbol)},
    {label: 'Score', number: true, value: row => number(row.score, 3)},
    {label: 'Volatility', number: true, value: row => row.sigma === null ? '–' : `${number(row.sigma, 5)} of ${number(row.minSigma, 5)}`},
    {label: 'Trend', number: true, value: row => row.ts === null ? '–' : `${number(row.ts, 4)} of ${number(row.minTs, 4)}`},
    {label: 'Regime', value: row => row.regime || '–'},
    {label: 'Last price', number: true, value: row => price(row.lastPrice)},
    {label: 'State age', number: true, value: row => duration(row.ageMs)},
    {label: 'Kept out by', words: true, value: row => row.keptOutBy || 'nothing: may be opened'},
  ], {key: row => row.symbol, empty: 'No symbol is known yet.'});
  let askedAt = 0;

  function draw() {
    chart.update(chosen.value);
  }

  async function update() {
    draw();
    if (Date.now() - askedAt < REFRESH_MS) return;
    askedAt = Date.now();
    const rows = await ask('/api/universe');
    universe.update(rows);
    const known = new Set([...chosen.options].map(option => option.value));
    rows.filter(row => !known.has(row.symbol)).forEach(row => chosen.append(h('option', {}, row.symbol)));
    if (!known.size && state.positions.length) chosen.value = state.positions[0].symbol;
    draw();
  }
  chosen.addEventListener('input', draw);
  return {
    element: h('div', {}, h('section', {class: 'panel'}, h('h2', {}, 'Price'),
      h('div', {class: 'filters'}, h('label', {}, 'Symbol', chosen)), chart.element,
      signs('▲ bought', '▼ sold', '✓ granted', '× denied'), csvLink('/api/candles', () => ({symbol: chosen.value || 'NONE', limit: 20000}))),
    h('section', {class: 'panel'}, h('h2', {}, 'Universe'), universe.element,
      csvLink('/api/universe'))),
    update,
  };
}
