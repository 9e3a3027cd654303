// Curves and candles (uPlot, which is loaded before this).
import {h} from './dom.js';
import {ask} from './state.js';
import {signed} from './format.js';

const REFRESH_MS = 5000;

/** Times are UTC, as everywhere else on the page. */
function utc(seconds) {
  return window.uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC');
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function axes(...formats) {
  const common = {stroke: colour('--soft'), grid: {stroke: colour('--grid'), width: 1}, ticks: {stroke: colour('--grid'), width: 1}};
  return [{...common}, ...formats.map(format => ({...common, ...format}))];
}

/** A chart that draws itself anew on another size or theme, and asks for data every few seconds. */
function chart(load, options) {
  const place = h('div', {class: 'chart'});
  const nothing = h('p', {class: 'empty'}, 'Nothing to draw yet.');
  const element = h('div', {}, place, nothing);
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

export function equityChart() {
  return chart(async account => {
    const points = await ask('/api/equity', {account});
    return [points.map(p => p.atMs / 1000), points.map(p => p.equity), points.map(p => p.heat === null ? null : 100 * p.heat),
      points.map(p => p.exposure === null ? null : 100 * p.exposure)];
  }, (data, account) => ({
    scales: {x: {time: true}, percent: {range: (u, low, high) => [0, Math.max(10, high ?? 10)]}},
    axes: axes({size: 70}, {scale: 'percent', side: 1, values: (u, ticks) => ticks.map(t => `${t} %`)}),
    series: [{}, {label: `equity of ${account}`, stroke: colour('--accent'), width: 2, points: {show: false}},
      {label: 'heat %', scale: 'percent', stroke: colour('--warn'), width: 1, dash: [6, 3], points: {show: false}},
      {label: 'exposure %', scale: 'percent', stroke: colour('--good'), width: 1, dash: [2, 3], points: {show: false}}],
  }));
}

/** Candles of a symbol with the lines of what is open in it. */
export function candleChart(linesOf) {
  return chart(async symbol => {
    const bars = await ask('/api/candles', {symbol});
    return [bars.map(b => b.closeTimeMs / 1000), bars.map(b => b.open), bars.map(b => b.high), bars.map(b => b.low), bars.map(b => b.close)];
  }, (data, symbol) => ({
    scales: {x: {time: true}, y: {range: (u, low, high) => reach(u, low, high, linesOf(symbol))}},
    axes: axes({size: 80}),
    series: [{}, {label: 'open', stroke: colour('--soft'), paths: () => null, points: {show: false}},
      {label: 'high', stroke: colour('--soft'), paths: () => null, points: {show: false}},
      {label: 'low', stroke: colour('--soft'), paths: () => null, points: {show: false}},
      {label: 'close', stroke: colour('--soft'), paths: () => null, points: {show: false}}],
    hooks: {draw: [u => { candles(u); lines(u, linesOf(symbol)); }]},
  }));
}

function reach(u, low, high, extra) {
  const values = [low, high, ...extra.map(line => line.price)].filter(Number.isFinite);
  const least = Math.min(...values);
  const most = Math.max(...values);
  const margin = (most - least || most || 1) * 0.04;
  return [least - margin, most + margin];
}

function candles(u) {
  const {ctx} = u;
  const [times, opens, highs, lows, closes] = u.data;
  const step = times.length > 1 ? Math.abs(u.valToPos(times[1], 'x', true) - u.valToPos(times[0], 'x', true)) : 6;
  const width = Math.max(1, Math.min(12, step * 0.7));
  ctx.save();
  for (let i = 0; i < times.length; i++) {
    const x = u.valToPos(times[i], 'x', true);
    const [open, high, low, close] = [opens[i], highs[i], lows[i], closes[i]].map(v => u.valToPos(v, 'y', true));
    const rising = closes[i] >= opens[i];
    ctx.strokeStyle = ctx.fillStyle = colour(rising ? '--good' : '--bad');
    ctx.beginPath();
    ctx.moveTo(x, high);
    ctx.lineTo(x, low);
    ctx.stroke();
    const top = Math.min(open, close);
    const height = Math.max(1, Math.abs(open - close));
    // Rising candles are hollow: the colour does not say it alone.
    if (rising && width > 3) ctx.strokeRect(x - width / 2, top, width, height);
    else ctx.fillRect(x - width / 2, top, width, height);
  }
  ctx.restore();
}

function lines(u, all) {
  const {ctx} = u;
  ctx.save();
  ctx.font = '12px system-ui, sans-serif';
  for (const line of all) {
    const y = u.valToPos(line.price, 'y', true);
    ctx.strokeStyle = ctx.fillStyle = colour(line.colour);
    ctx.setLineDash(line.dash);
    ctx.beginPath();
    ctx.moveTo(u.bbox.left, y);
    ctx.lineTo(u.bbox.left + u.bbox.width, y);
    ctx.stroke();
    ctx.fillText(line.label, u.bbox.left + 6, y - 4);
  }
  ctx.restore();
}

/** The lines of a position: entry, stop, target, next rung. */
export function linesOfPosition(position) {
  const all = [
    {label: `entry (${signed(position.r)} R)`, price: Number(position.entryPrice), colour: '--accent', dash: []},
    {label: 'stop', price: Number(position.stopPrice ?? NaN), colour: '--bad', dash: [6, 4]},
    {label: 'target', price: Number(position.targetPrice ?? NaN), colour: '--good', dash: [6, 4]},
    {label: `rung ${position.nextRungR} R`, price: Number(position.nextRungPrice ?? NaN), colour: '--warn', dash: [2, 4]},
  ];
  return all.filter(line => Number.isFinite(line.price));
}
