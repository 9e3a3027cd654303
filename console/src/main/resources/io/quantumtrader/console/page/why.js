// The whole way of an intent, a plan, a position or a symbol.
import {h, badge} from './dom.js';
import {dateTime, duration} from './format.js';
import {ask} from './state.js';

const KINDS = {GRANTED: 'good', DENIED: 'bad', RECORDED: ''};

export function whyButton(label, id) {
  return h('button', {type: 'button', class: 'link', 'aria-label': `${label}: why ${id}`, onclick: () => openWhy(id)}, label);
}

export async function openWhy(id) {
  const dialog = document.getElementById('why-dialog');
  const body = h('div', {}, h('p', {class: 'empty'}, 'Looking…'));
  dialog.replaceChildren(h('h2', {id: 'why-title'}, `Why ${id}`), body,
    h('div', {class: 'row'}, h('button', {type: 'button', onclick: () => dialog.close()}, 'Close')));
  if (!dialog.open) dialog.showModal();
  try {
    const way = await ask('/api/why', {id});
    body.replaceChildren(h('p', {}, way.summary), steps(way), ...changes(way));
  } catch (error) {
    body.replaceChildren(h('p', {class: 'empty'}, error.message));
  }
}

function steps(way) {
  return h('ol', {class: 'way'}, ...way.steps.map(step => h('li', {},
    h('div', {}, h('strong', {}, step.what), ' ', step.verdict ? badge(step.verdict.toLowerCase(), KINDS[step.verdict] ?? '') : null,
      ' ', step.code ? h('code', {}, step.code) : null),
    h('div', {}, step.words),
    h('div', {class: 'soft'}, [`${dateTime(step.atMs)} UTC`, step.sinceMs === null ? '' : `${duration(step.sinceMs)} after the step before`,
      step.policy, ...step.numbers.map(n => `${n.name} ${n.value}`),
      ...step.lookups.map(l => `${l.table} ${l.key} ${l.ageMs === null ? 'not there' : `${duration(l.ageMs)} old`}`)].filter(Boolean).join(' · ')))));
}

/** What would have had to be other; the page reckons, and the command tries it. */
function changes(way) {
  if (!way.changes.length) return [];
  return [h('h3', {}, 'What would have had to be other'),
    h('ul', {}, ...way.changes.map(change => h('li', {}, `${change.words} (${change.then ? `tried: ${change.then}` : 'reckoned'})`))),
    h('p', {class: 'soft'}, `./quantum why ${way.id} --check tries it on the stages themselves.`)];
}
