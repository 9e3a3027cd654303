// The policy's history, and what could not be read.
import {h, table} from './dom.js';
import {dateTime} from './format.js';
import {ask} from './state.js';

const REFRESH_MS = 5000;

export function recordsPage() {
  const policy = table('Versions of the policy, the newest first', [
    {label: 'When', value: row => dateTime(row.atMs)},
    {label: 'Policy', value: row => row.name},
    {label: 'Version', number: true, value: row => row.version || 'removed'},
    {label: 'Who', value: row => row.setBy || '–'},
    {label: 'Why', words: true, value: row => row.reason || '–'},
    {label: 'What changed', words: true, value: row => row.changes.map(c => `${c.field}: ${c.before} → ${c.after}`).join('; ') || 'nothing'},
  ], {key: row => `${row.name} ${row.version} ${row.atMs}`, empty: 'There is no record of the policy.'});
  const letters = table('Dead letters, the newest first', [
    {label: 'When', value: row => dateTime(row.atMs)},
    {label: 'Topic', value: row => row.topic},
    {label: 'Place', value: row => row.place},
    {label: 'Key', value: row => row.key || '–'},
    {label: 'Reason', value: row => row.reason || '–'},
    {label: 'Message', words: true, value: row => row.message},
  ], {key: row => `${row.partition} ${row.offset}`, empty: 'There are no dead letters.'});
  let askedAt = 0;

  async function update() {
    if (Date.now() - askedAt < REFRESH_MS) return;
    askedAt = Date.now();
    const [versions, dead] = await Promise.all([ask('/api/policy/history'), ask('/api/dead-letters')]);
    policy.update(versions);
    letters.update(dead);
  }
  return {
    element: h('div', {}, h('section', {class: 'panel'}, h('h2', {}, 'Policy'), policy.element),
      h('section', {class: 'panel'}, h('h2', {}, 'Dead letters'), letters.element)),
    update,
  };
}
