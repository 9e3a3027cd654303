// The pipeline as a picture: boxes are stages and services, arrows are topics with what moves there.
import {h, s} from './dom.js';
import {number, duration} from './format.js';
import {state} from './state.js';

const BOXES = {
  feed: {at: [20, 30], title: 'Feed', clock: true},
  'market-state': {at: [200, 30], title: 'Market state', stage: 'market-state'},
  universe: {at: [380, 30], title: 'Universe', stage: 'universe'},
  senders: {at: [20, 130], title: 'Agents, Redis'},
  bridge: {at: [200, 130], title: 'Bridge', stage: 'bridge'},
  governor: {at: [380, 130], title: 'Governor', stage: 'governor'},
  'portfolio-gate': {at: [560, 130], title: 'Portfolio gate', stage: 'portfolio-gate'},
  executor: {at: [740, 130], title: 'Executor', reader: 'quantum-executor', stage: 'executor'},
  ledger: {at: [740, 230], title: 'Ledger', stage: 'ledger'},
  portfolio: {at: [560, 230], title: 'Portfolio', stage: 'portfolio'},
  harvest: {at: [200, 230], title: 'Snapshot, harvest'},
  'heat-gate': {at: [380, 230], title: 'Heat gate', stage: 'heat-gate'},
  'apply-layer': {at: [560, 30], title: 'Apply layer', stage: 'apply-layer'},
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
];
const WIDTH = 138;
const HEIGHT = 56;

export function picture() {
  const boxes = new Map();
  const edges = [];
  const svg = s('svg', {class: 'picture', viewBox: '0 0 890 300', role: 'group', 'aria-label': 'Stages and what moves between them'},
    s('defs', {}, s('marker', {id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 9, markerHeight: 9, markerUnits: 'userSpaceOnUse', orient: 'auto'},
      s('path', {d: 'M0 0L8 4L0 8z'}))));

  for (const [from, to, topic] of EDGES) {
    const [a, b] = [BOXES[from].at, BOXES[to].at];
    const down = a[0] === b[0];
    const left = b[0] < a[0];
    const d = down ? `M${a[0] + WIDTH / 2} ${a[1] + HEIGHT}V${b[1] - 2}`
      : left ? `M${a[0]} ${a[1] + HEIGHT / 2}H${b[0] + WIDTH + 2}` : `M${a[0] + WIDTH} ${a[1] + HEIGHT / 2}H${b[0] - 2}`;
    const line = s('path', {d, 'marker-end': 'url(#arrow)'});
    const x = down ? a[0] + WIDTH / 2 + 6 : (left ? b[0] + WIDTH + a[0] : a[0] + WIDTH + b[0]) / 2;
    const y = down ? (a[1] + HEIGHT + b[1]) / 2 + 4 : a[1] + HEIGHT / 2 - 8;
    const text = s('text', {class: 'small', x, y, 'text-anchor': down ? 'start' : 'middle'});
    svg.append(line, text);
    edges.push({topic, line, text});
  }
  svg.append(s('path', {d: 'M698 58H809V128', 'marker-end': 'url(#arrow)'}), s('path', {d: 'M518 258H538V58H558', 'marker-end': 'url(#arrow)'}));

  for (const [name, box] of Object.entries(BOXES)) {
    const first = s('text', {class: 'small', x: 10, y: 36});
    const second = s('text', {class: 'small', x: 10, y: 50});
    const open = () => { location.hash = `#decisions?stage=${box.stage}`; };
    const group = s('g', {
      transform: `translate(${box.at})`, class: box.stage ? 'stage' : null, tabindex: box.stage ? 0 : null,
      role: box.stage ? 'link' : null, 'aria-label': box.stage ? `${box.title}: its last decisions` : null,
      onclick: box.stage ? open : null, onkeydown: box.stage ? event => { if (event.key === 'Enter') open(); } : null,
    }, s('rect', {width: WIDTH, height: HEIGHT, rx: 7}), s('text', {x: 10, y: 19}, box.title), first, second);
    svg.append(group);
    boxes.set(name, {box, group, first, second});
  }

  const times = h('p', {class: 'soft'});

  function update() {
    const pipeline = state.pipeline;
    if (!pipeline) return;
    const topics = new Map(pipeline.topics.map(row => [row.topic, row]));
    const stages = new Map(pipeline.stages.map(row => [row.stage, row]));
    const readers = new Map(pipeline.readers.map(row => [row.reader, row.behind]));
    for (const {topic, line, text} of edges) {
      const rate = topic ? topics.get(topic)?.perSecond ?? 0 : 0;
      line.setAttribute('class', rate > 0 ? 'moving' : '');
      text.textContent = topic && rate > 0 ? `${number(rate, rate < 10 ? 1 : 0)}/s` : '';
    }
    const stopped = pipeline.clockAgeMs === null || pipeline.clockAgeMs > 15000;
    for (const {box, group, first, second} of boxes.values()) {
      const row = stages.get(box.stage);
      const behind = readers.get(box.reader);
      first.textContent = box.clock ? (stopped ? 'clock stands' : `clock ${duration(pipeline.clockAgeMs)} ago`)
        : row ? `${row.denied} denied / 10 min` : '';
      second.textContent = behind ? `${behind} behind` : row?.lastCode ? shortened(row.lastCode) : '';
      group.classList.toggle('denying', Boolean(row?.denied));
      group.classList.toggle('down', Boolean(box.clock && stopped));
    }
    times.textContent = `Intent to plan ${duration(pipeline.intentToPlanMs)}, plan to final result ${duration(pipeline.planToResultMs)} (medians); ${pipeline.plansUnderWay} plans under way.`;
  }
  return {element: h('div', {}, h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Picture of the pipeline'}, svg), times), update};
}

function shortened(code) {
  return code.length > 19 ? `${code.slice(0, 18)}…` : code;
}
