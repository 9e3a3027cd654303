// The pipeline as a picture: boxes are stages and services, arrows are topics with what moves there.
// A narrow window gets a picture of its own, so that nothing of it lies outside.
import {h, s} from './dom.js';
import {number, duration} from './format.js';
import {state} from './state.js';

const BOXES = {
  feed: {title: 'Feed', clock: true},
  'market-state': {title: 'Market state', stage: 'market-state'},
  universe: {title: 'Universe', stage: 'universe'},
  senders: {title: 'Agents, Redis'},
  bridge: {title: 'Bridge', stage: 'bridge'},
  governor: {title: 'Governor', stage: 'governor'},
  'portfolio-gate': {title: 'Portfolio gate', stage: 'portfolio-gate'},
  executor: {title: 'Executor', reader: 'quantum-executor', stage: 'executor'},
  ledger: {title: 'Ledger', stage: 'ledger'},
  portfolio: {title: 'Portfolio', stage: 'portfolio'},
  harvest: {title: 'Snapshot, harvest'},
  'heat-gate': {title: 'Heat gate', stage: 'heat-gate'},
  'apply-layer': {title: 'Apply layer', stage: 'apply-layer'},
};
const WIDE = {
  columns: [6, 186, 366, 546, 726], rows: [6, 106, 206], size: '0 0 870 270',
  at: {
    feed: [0, 0], 'market-state': [1, 0], universe: [2, 0], 'apply-layer': [3, 0],
    senders: [0, 1], bridge: [1, 1], governor: [2, 1], 'portfolio-gate': [3, 1], executor: [4, 1],
    harvest: [1, 2], 'heat-gate': [2, 2], portfolio: [3, 2], ledger: [4, 2],
  },
};
const TALL = {
  columns: [6, 196], rows: [6, 92, 178, 264, 350, 436, 522], size: '0 0 340 584',
  at: {
    senders: [0, 0], bridge: [0, 1], governor: [0, 2], 'portfolio-gate': [0, 3], executor: [0, 4], ledger: [0, 5], portfolio: [0, 6],
    feed: [1, 0], 'market-state': [1, 1], universe: [1, 2], 'apply-layer': [1, 4], 'heat-gate': [1, 5], harvest: [1, 6],
  },
};
const EDGES = [
  ['feed', 'market-state', 'quantum.market.candle'],
  ['market-state', 'universe', 'quantum.market.state'],
  ['senders', 'bridge', 'quantum.trade.intent'],
  ['bridge', 'governor', null],
  ['governor', 'portfolio-gate', null],
  ['portfolio-gate', 'executor', 'quantum.apply.plan'],
  ['executor', 'ledger', 'quantum.apply.result'],
  ['ledger', 'portfolio', 'quantum.position.ledger'],
  ['harvest', 'heat-gate', 'quantum.harvest.proposal'],
  ['heat-gate', 'apply-layer', null],
  ['apply-layer', 'executor', null],
];
const WIDTH = 138;
const HEIGHT = 56;

/** The way of an edge, and where its text stands. */
function way(a, b) {
  const middle = [a[0] + WIDTH / 2, a[1] + HEIGHT / 2];
  if (a[0] === b[0]) {
    const down = b[1] > a[1];
    const from = down ? a[1] + HEIGHT : a[1];
    const to = down ? b[1] - 2 : b[1] + HEIGHT + 2;
    return {d: `M${middle[0]} ${from}V${to}`, x: middle[0] + 6, y: (from + to) / 2 + 4, anchor: 'start'};
  }
  if (a[1] === b[1]) {
    const left = b[0] < a[0];
    const from = left ? a[0] : a[0] + WIDTH;
    const to = left ? b[0] + WIDTH + 2 : b[0] - 2;
    return {d: `M${from} ${middle[1]}H${to}`, x: (from + to) / 2, y: middle[1] - 8, anchor: 'middle'};
  }
  // Up beside the next column, or over to the last one and down to it.
  return b[1] < a[1]
    ? {d: `M${a[0] + WIDTH} ${middle[1]}H${b[0] - 20}V${b[1] + HEIGHT / 2}H${b[0] - 2}`, x: 0, y: 0, anchor: 'start'}
    : {d: `M${a[0] + WIDTH} ${middle[1]}H${b[0] + WIDTH / 2}V${b[1] - 2}`, x: 0, y: 0, anchor: 'start'};
}

export function picture() {
  const wide = drawing('wide', WIDE);
  const tall = drawing('tall', TALL);
  const times = h('p', {class: 'soft'});

  function update() {
    const pipeline = state.pipeline;
    if (!pipeline) return;
    wide.update(pipeline);
    tall.update(pipeline);
    const count = pipeline.plansUnderWay;
    times.textContent = `Intent to plan ${duration(pipeline.intentToPlanMs)}, plan to final result ${duration(pipeline.planToResultMs)} (medians); ${count} ${count === 1 ? 'plan' : 'plans'} under way.`;
  }
  return {element: h('div', {}, wide.element, tall.element, times), update};
}

function drawing(name, layout) {
  const place = box => [layout.columns[layout.at[box][0]], layout.rows[layout.at[box][1]]];
  const arrow = `arrow-${name}`;
  const svg = s('svg', {class: `picture ${name}`, viewBox: layout.size, role: 'group', 'aria-label': 'Stages and what moves between them'},
    s('defs', {}, s('marker', {id: arrow, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 9, markerHeight: 9, markerUnits: 'userSpaceOnUse', orient: 'auto'},
      s('path', {d: 'M0 0L8 4L0 8z'}))));
  const edges = EDGES.map(([from, to, topic]) => {
    const {d, x, y, anchor} = way(place(from), place(to));
    const line = s('path', {d, 'marker-end': `url(#${arrow})`});
    const text = s('text', {class: 'small', x, y, 'text-anchor': anchor});
    svg.append(line, text);
    return {topic, line, text};
  });
  const boxes = Object.entries(BOXES).map(([id, box]) => {
    const made = drawn(box, place(id));
    svg.append(made.group);
    return made;
  });

  function update(pipeline) {
    const topics = new Map(pipeline.topics.map(row => [row.topic, row]));
    const stages = new Map(pipeline.stages.map(row => [row.stage, row]));
    const readers = new Map(pipeline.readers.map(row => [row.reader, row.behind]));
    for (const {topic, line, text} of edges) {
      const rate = topic ? topics.get(topic)?.perSecond ?? 0 : 0;
      line.setAttribute('class', rate > 0 ? 'moving' : '');
      text.textContent = rate > 0 ? `${number(rate, rate < 10 ? 1 : 0)}/s` : '';
    }
    // Health knows how long a step of this clock is.
    const stopped = pipeline.clockAgeMs === null || (state.health?.costs ?? []).some(row => row.cost === 'CLOCK_STOPPED');
    for (const {box, group, first, second} of boxes) {
      const row = stages.get(box.stage);
      const behind = readers.get(box.reader);
      first.textContent = box.clock ? (stopped ? 'clock stands' : pipeline.clockAgeMs < 2000 ? 'clock goes' : `clock ${duration(pipeline.clockAgeMs)} ago`)
        : row ? `${row.denied} denied / 10 min` : '';
      second.textContent = behind ? `${behind} behind` : row?.lastCode ? shortened(row.lastCode) : '';
      group.classList.toggle('denying', Boolean(row?.denied));
      group.classList.toggle('down', Boolean(box.clock && stopped));
    }
  }
  return {element: svg, update};
}

function drawn(box, at) {
  const first = s('text', {class: 'small', x: 10, y: 36});
  const second = s('text', {class: 'small', x: 10, y: 50});
  const open = () => { location.hash = `#decisions?stage=${box.stage}`; };
  const group = s('g', {
    transform: `translate(${at})`, class: box.stage ? 'stage' : null, tabindex: box.stage ? 0 : null,
    role: box.stage ? 'link' : null, 'aria-label': box.stage ? `${box.title}: its last decisions` : null,
    onclick: box.stage ? open : null, onkeydown: box.stage ? event => { if (event.key === 'Enter') open(); } : null,
  }, s('rect', {width: WIDTH, height: HEIGHT, rx: 7}), s('text', {x: 10, y: 19}, box.title), first, second);
  return {box, group, first, second};
}

function shortened(code) {
  return code.length > 19 ? `${code.slice(0, 18)}…` : code;
}
