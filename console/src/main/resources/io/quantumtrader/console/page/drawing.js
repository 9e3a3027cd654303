// What the charts draw by themselves on the canvas of uPlot.
import {signed} from './format.js';

export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A sign at the first or the last moment stands half beside the plot. */
const EDGE = 8;

/** Draws within the plot alone, with texts from the left; nothing of it is left to what comes next. */
function within(u, draw) {
  const {ctx} = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(u.bbox.left - EDGE, u.bbox.top, u.bbox.width + 2 * EDGE, u.bbox.height);
  ctx.clip();
  ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  draw(ctx);
  ctx.restore();
}

export function candles(u) {
  const [times, opens, highs, lows, closes] = u.data;
  const step = times.length > 1 ? Math.abs(u.valToPos(times[1], 'x', true) - u.valToPos(times[0], 'x', true)) : 6;
  const width = Math.max(1, Math.min(12, step * 0.7));
  within(u, ctx => {
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
  });
}

export function lines(u, all) {
  within(u, ctx => {
    for (const line of all) {
      const y = u.valToPos(line.price, 'y', true);
      ctx.strokeStyle = ctx.fillStyle = colour(line.colour);
      ctx.setLineDash(line.dash);
      ctx.beginPath();
      ctx.moveTo(u.bbox.left, y);
      ctx.lineTo(u.bbox.left + u.bbox.width, y);
      ctx.stroke();
      written(ctx, line.label, u.bbox.left + 6, y - 4);
    }
  });
}

/** Writes over what is drawn there already, so that it can be read. */
function written(ctx, text, x, y) {
  const of = ctx.fillStyle;
  const {width} = ctx.measureText(text);
  ctx.fillStyle = colour('--panel');
  ctx.globalAlpha = 0.8;
  ctx.fillRect(x - 2, y - 11 * devicePixelRatio, width + 4, 14 * devicePixelRatio);
  ctx.globalAlpha = 1;
  ctx.fillStyle = of;
  ctx.fillText(text, x, y);
}

/** Signs at times: at a price where they have one, else at the lower edge; a ¦ goes over the whole height. */
export function marks(u, all) {
  within(u, ctx => {
    const bottom = u.bbox.top + u.bbox.height;
    let row = 0;
    for (const mark of all) {
      const x = u.valToPos(mark.atMs / 1000, 'x', true);
      ctx.strokeStyle = ctx.fillStyle = colour(mark.colour);
      if (mark.sign === '¦') {
        ctx.setLineDash([3, 5]);
        ctx.beginPath();
        ctx.moveTo(x, u.bbox.top);
        ctx.lineTo(x, bottom);
        ctx.stroke();
        // Neighbours stand in rows of their own.
        written(ctx, mark.label, x + 4, u.bbox.top + (12 + 15 * (row++ % 3)) * devicePixelRatio);
      } else {
        ctx.textAlign = 'center';
        ctx.fillText(mark.sign, x, mark.price !== undefined ? u.valToPos(mark.price, 'y', true) + 4 : bottom - 6);
        ctx.textAlign = 'left';
      }
    }
  });
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
