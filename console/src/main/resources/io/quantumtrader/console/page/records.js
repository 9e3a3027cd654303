// The policy's history, what any two versions differ in, and what could not be read.
import {h, table} from './dom.js';
import {dateTime} from './format.js';
import {ask} from './state.js';
import {csvLink} from './csv.js';
import {scheduledPanel} from './scheduled.js';
import {letterState} from './desk.js';

const REFRESH_MS = 5000;

export function recordsPage() {
  const policy = table('Versions of the policy, the newest first', [
    {label: 'When (UTC)', value: row => dateTime(row.atMs)},
    {label: 'Policy', value: row => row.name},
    {label: 'Version', number: true, value: row => row.version || 'removed'},
    {label: 'Who', value: row => row.setBy || '–'},
    {label: 'Why', words: true, value: row => row.reason || '–'},
    {label: 'What changed', words: true, value: row => row.changes.map(c => `${c.field}: ${c.before} → ${c.after}`).join('; ') || 'nothing'},
  ], {key: keyOf, empty: 'There is no record of the policy.'});
  const scheduled = scheduledPanel();
  const compared = comparison();
  const letters = table('Dead letters, the newest first', [
    {label: 'When (UTC)', value: row => dateTime(row.atMs)},
    {label: 'Topic', value: row => row.topic},
    {label: 'Place', value: row => row.place},
    {label: 'Reader', value: row => row.reader},
    {label: 'Key', value: row => row.key || '–'},
    {label: 'Reason', value: row => row.reason || '–'},
    {label: 'Message', words: true, value: row => row.message},
    {label: 'Again', words: true, value: row => letterState(row)},
  ], {key: row => `${row.partition} ${row.offset}`, empty: 'There are no dead letters.'});
  let askedAt = 0;

  async function update() {
    if (Date.now() - askedAt < REFRESH_MS) return;
    askedAt = Date.now();
    const [versions, waiting, dead] = await Promise.all([ask('/api/policy/history'), ask('/api/policy/scheduled'), ask('/api/dead-letters')]);
    policy.update(versions);
    scheduled.update(waiting);
    compared.update(versions);
    letters.update(dead);
  }
  return {
    element: h('div', {}, h('section', {class: 'panel'}, h('h2', {}, 'Policy'), policy.element, csvLink('/api/policy/history')),
      h('section', {class: 'panel'}, h('h2', {}, 'Two versions compared'), compared.element),
      scheduled.element,
      h('section', {class: 'panel'}, h('h2', {}, 'Dead letters'), letters.element, csvLink('/api/dead-letters', {limit: 20000}))),
    update,
  };
}

function keyOf(row) {
  return `${row.name} ${row.version} ${row.atMs}`;
}

/** What two versions that are chosen differ in, out of what each version changed. */
function comparison() {
  const from = h('select', {name: 'from'});
  const to = h('select', {name: 'to'});
  const differences = table('What differs', [
    {label: 'Threshold', value: row => row.field},
    {label: 'In the first', value: row => row.before},
    {label: 'In the second', value: row => row.after},
  ], {key: row => row.field, empty: 'They do not differ.'});
  let versions = [];

  function compare() {
    differences.update(between(versions, from.value, to.value));
  }
  from.addEventListener('input', compare);
  to.addEventListener('input', compare);

  function update(rows) {
    versions = rows;
    for (const select of [from, to]) {
      const known = new Set([...select.options].map(option => option.value));
      [...rows].reverse().filter(row => !known.has(keyOf(row)))
        .forEach(row => select.append(h('option', {value: keyOf(row)}, `${row.name} ${row.version || 'removed'}, ${dateTime(row.atMs)}`)));
      if (!known.size && rows.length) select.value = keyOf(select === from ? rows.at(-1) : rows[0]);
    }
    compare();
  }
  return {
    element: h('div', {}, h('div', {class: 'filters'}, h('label', {}, 'First', from), h('label', {}, 'Second', to)), differences.element),
    update,
  };
}

/**
 * A version has what its predecessor had and what it changed itself; an account's first one follows
 * on the default of its time. What a field was before anything changed it is in its first change.
 */
function between(newestFirst, first, second) {
  const current = new Map();
  const values = new Map();
  const root = new Map();
  for (const row of [...newestFirst].reverse()) {
    const own = new Map(current.get(row.name) ?? current.get('default') ?? []);
    row.changes.forEach(change => {
      if (!root.has(change.field)) root.set(change.field, change.before);
      own.set(change.field, change.after);
    });
    values.set(keyOf(row), own);
    if (row.version) current.set(row.name, own);
    else current.delete(row.name);
  }
  const of = (key, field) => values.get(key)?.get(field) ?? root.get(field);
  return [...root.keys()].sort().map(field => ({field, before: of(first, field), after: of(second, field)}))
    .filter(row => row.before !== row.after);
}
