// Curves and candles (uPlot, which is loaded before this).
import {h} from './dom.js';
import {ask} from './state.js';
import {number, price, dateTime} from './format.js';
import {candles, lines, marks, colour} from './drawing.js';

const REFRESH_MS = 5000;
const MARKED = 2000;

/** Times are UTC, as everywhere else on the page. */
function utc(seconds) {
  return window.uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC');
}

/** Hours and minutes; the day where it is another one, or where the ticks are days. */
function hours(u, ticks) {
  return ticks.map((tick, at) => {
    const [day, clock] = dateTime(tick * 1000).split(' ');
    const other = at === 0 || dateTime(ticks[at - 1] * 1000).slice(0, 10) !== day;
    const ofDays = ticks.length > 1 && ticks[1] - ticks[0] >= 86400;
    return ofDays ? day : `${clock.slice(0, ticks[1] - ticks[0] < 60 ? 8 : 5)}${other ? `\n${day}` : ''}`;
  });
}

function axes(...formats) {
  const common = {stroke: colour('--soft'), grid: {stroke: colour('--grid'), width: 1}, ticks: {stroke: colour('--grid'), width: 1}};
  return [{...common, values: hours, space: 75}, ...formats.map(format => ({...common, ...format}))];
}

/** Where nobody points, the legend tells what is now. */
function legend(format) {
  return (u, value, series, index) => format(index === null || index === undefined ? u.data[series].at(-1) : value);
}

/** The heading of the series, which are times. */
const TIMES = {label: 'UTC', value: legend(seconds => dateTime(seconds * 1000))};

/** A chart that draws itself anew on another size or theme, and asks for data every few seconds. */
function chart(label, load, options) {
  const place = h('div', {class: 'chart'});
  const nothing = h('p', {class: 'empty'}, 'Nothing to draw yet.');
  const element = h('div', {role: 'group', 'aria-label': label}, place, nothing);
  let plot = null;
  let subject = null;
  let askedAt = 0;
  let data = null;

  function draw() {
    plot?.destroy();
    plot = null;
    const enough = data !== null && data[0].length > 1;
    nothing.hidden = enough;
    if (!enough || place.clientWidth === 0) return;
    plot = new window.uPlot({width: place.clientWidth, height: 260, tzDate: utc, ...options(data, subject)}, data, place);
  }

  async function update(wanted) {
    if (!wanted || (wanted === subject && Date.now() - askedAt < REFRESH_MS)) return;
    const other = wanted !== subject;
    subject = wanted;
    askedAt = Date.now();
    try {
      const fresh = await load(wanted);
      if (subject !== wanted) return;
      data = fresh;
      if (plot && !other) plot.setData(data);
      else draw();
    } catch (error) {
      nothing.textContent = `Nothing to draw: ${error.message}`;
    }
  }
  new ResizeObserver(() => {
    if (plot && Math.abs(plot.width - place.clientWidth) > 2) plot.setSize({width: place.clientWidth, height: 260});
    else if (!plot) draw();
  }).observe(element);
  document.addEventListener('themechange', draw);
  return {element, update};
}

/** Equity, heat and exposure of an account, with what was filled and denied, and where the policy changed. */
export function equityChart() {
  let marked = [];
  return chart('Equity and heat over time', async account => {
    const [points, fills, denied, policies] = await Promise.all([
      ask('/api/equity', {account}), ask('/api/fills', {account, limit: MARKED}),
      ask('/api/decisions', {account, verdict: 'DENIED', limit: MARKED}), ask('/api/policy/history'),
    ]);
    const ofAccount = policies.filter(row => row.name === 'default' || row.name === account);
    marked = [...fills.map(row => ({...fillMark(row), price: undefined})), ...denied.filter(isDenial).map(row => ({atMs: row.atMs, sign: '×', colour: '--bad'})),
      ...ofAccount.map(row => ({atMs: row.atMs, sign: '¦', colour: '--soft', label: `policy ${row.version || 'removed'}`}))];
    return [points.map(p => p.atMs / 1000), points.map(p => p.equity), points.map(p => p.heat === null ? null : 100 * p.heat),
      points.map(p => p.exposure === null ? null : 100 * p.exposure)];
  }, (data, account) => ({
    scales: {x: {time: true}, percent: {range: (u, low, high) => [0, Math.max(10, high ?? 10)]}},
    axes: axes({size: 70}, {scale: 'percent', side: 1, values: (u, ticks) => ticks.map(t => `${t} %`)}),
    series: [TIMES,
      {label: `equity of ${account}`, stroke: colour('--accent'), width: 2, points: {show: false}, value: legend(value => number(value))},
      {label: 'heat', scale: 'percent', stroke: colour('--warn'), width: 1, dash: [6, 3], points: {show: false}, value: legend(share)},
      {label: 'exposure', scale: 'percent', stroke: colour('--good'), width: 1, dash: [2, 3], points: {show: false}, value: legend(share)}],
    hooks: {draw: [u => marks(u, marked)]},
  }));
}

function share(value) {
  return value === null || value === undefined ? '–' : `${number(value, 1)} %`;
}

/** Who asks for nothing is denied by the letter; that is no mark. */
function isDenial(row) {
  return row.code !== 'INTENT_HOLD' && row.code !== 'ACTION_HOLD';
}

function fillMark(row) {
  return {atMs: row.atMs, sign: row.side === 'BUY' ? '▲' : '▼', colour: '--accent', price: Number(row.price)};
}

/** Candles of a symbol with the lines of what is open in it, what was filled, and what was decided. */
export function candleChart(linesOf) {
  let marked = [];
  const hidden = {stroke: colour('--soft'), paths: () => null, points: {show: false}, value: legend(price)};
  return chart('Price of the symbol', async symbol => {
    const [bars, fills, decisions] = await Promise.all([
      ask('/api/candles', {symbol}), ask('/api/fills', {symbol, limit: MARKED}), ask('/api/decisions', {symbol, limit: MARKED}),
    ]);
    marked = [...fills.map(fillMark), ...decisions.filter(isDenial).filter(row => row.verdict !== 'RECORDED')
      .map(row => ({atMs: row.atMs, sign: row.verdict === 'DENIED' ? '×' : '✓', colour: row.verdict === 'DENIED' ? '--bad' : '--good'}))];
    return [bars.map(b => b.closeTimeMs / 1000), bars.map(b => b.open), bars.map(b => b.high), bars.map(b => b.low), bars.map(b => b.close)];
  }, (data, symbol) => ({
    scales: {x: {time: true}, y: {range: (u, low, high) => reach(u, low, high, linesOf(symbol))}},
    axes: axes({size: 80}),
    legend: {markers: {show: false}},
    series: [TIMES, ...['open', 'high', 'low', 'close'].map(label => ({...hidden, label}))],
    hooks: {draw: [u => { candles(u); lines(u, linesOf(symbol)); marks(u, marked); }]},
  }));
}

function reach(u, low, high, extra) {
  const values = [low, high, ...extra.map(line => line.price)].filter(Number.isFinite);
  const least = Math.min(...values);
  const most = Math.max(...values);
  const margin = (most - least || most || 1) * 0.1;
  return [least - margin, most + margin];
}

/** What the signs on the charts mean. */
export function signs(...meanings) {
  return h('p', {class: 'soft'}, meanings.join('   '));
}
