// Changes of the policy that wait for a time or for conditions: what has become of them, scheduling
// another, and taking one back. Both need the token and a reason.
import {badge, h, notice, table} from './dom.js';
import {dateTime} from './format.js';
import {state} from './state.js';
import {csvLink} from './csv.js';
import {rememberToken, rememberedToken} from './orders.js';

const KINDS = {WAITING: 'warn', APPLIED: 'good', REFUSED: 'bad'};

export function scheduledPanel() {
  const changes = table('Scheduled changes of the policy', [
    {label: 'Id', value: row => row.scheduleId},
    {label: 'Policy', value: row => row.name},
    {label: 'Change', words: true, value: row => row.changes.join('; ')},
    {label: 'When', words: true, value: row => row.conditions.join('; ')},
    {label: 'State', value: row => badge(row.state, KINDS[row.state] ?? '')},
    {label: 'Waits for, or what came of it', words: true, value: outcome},
    {label: 'Who', value: row => row.scheduledBy || '–'},
    {label: 'Why', words: true, value: row => row.reason},
    {label: 'Take back', value: row => (row.state === 'WAITING' ? withdrawButton(row) : '–')},
  ], {key: row => row.scheduleId, empty: 'No change of the policy is scheduled.'});
  return {
    element: h('section', {class: 'panel'}, h('h2', {}, 'Scheduled changes'),
      h('div', {class: 'row'}, h('button', {type: 'button', id: 'schedule-change', onclick: () => openSchedule()}, 'Schedule a change')),
      changes.element, csvLink('/api/policy/scheduled')),
    update: changes.update,
  };
}

function outcome(row) {
  if (row.state === 'WAITING') return row.waitsFor.join('; ') || 'it is due';
  const version = row.version ? `version ${row.version}, ` : '';
  return `${version}${dateTime(row.endedAtMs)}${row.endedBy ? ` by ${row.endedBy}` : ''}${row.outcome ? `: ${row.outcome}` : ''}`;
}

function withdrawButton(row) {
  return h('button', {type: 'button', onclick: () => openWithdraw(row)}, `Withdraw ${row.scheduleId}`);
}

function openWithdraw(row) {
  openDialog(`Withdraw ${row.scheduleId}`, 'Withdraw it', [h('p', {}, `${row.name}: ${row.changes.join('; ')}`)],
    () => ({kind: 'WITHDRAW', scheduleId: row.scheduleId}));
}

function openSchedule() {
  const who = h('select', {name: 'name'}, h('option', {value: 'default'}, 'default: all accounts without their own'),
    ...state.accounts.map(row => h('option', {value: row.account}, row.account)));
  const what = h('input', {name: 'changes', required: true, autocomplete: 'off', maxlength: 2000});
  const at = h('input', {name: 'at', type: 'datetime-local', step: 1});
  const days = h('input', {name: 'days', type: 'number', min: 0, max: 3650});
  const trades = h('input', {name: 'trades', type: 'number', min: 0, max: 1000000});
  const drawdown = h('input', {name: 'drawdown', type: 'number', min: 0, max: 100, step: 'any'});
  const loss = h('input', {name: 'loss', type: 'number', min: 0, max: 100, step: 'any'});
  const even = h('input', {name: 'even', type: 'checkbox'});
  openDialog('Schedule a change of the policy', 'Schedule it', [
    h('label', {}, 'Policy', who),
    h('label', {}, 'Change, like maxPositions=20 heatMode=shadow', what),
    h('p', {class: 'soft'}, 'It is applied at the first step of the clock at which all that is given holds; with nothing given, at the next one.'),
    h('label', {}, 'Not before (UTC)', at),
    h('label', {}, 'After days', days),
    h('label', {}, 'After closed trades', trades),
    h('label', {}, 'While the drawdown is at most, percent', drawdown),
    h('label', {}, 'While the daily loss is at most, percent', loss),
    h('label', {class: 'check'}, even, 'Even if an account is beyond a new limit then'),
  ], () => ({
    kind: 'SCHEDULE',
    name: who.value,
    changes: what.value.trim().split(/\s+/),
    atMs: at.value ? Date.parse(`${at.value}Z`) : null,
    afterDays: Number(days.value),
    afterTrades: Number(trades.value),
    drawdownAtMost: share(drawdown.value),
    dailyLossAtMost: share(loss.value),
    evenIfExceeded: even.checked,
  }));
}

/** Percent as they are typed, moved by two places without the digits that a division adds. */
function share(percent) {
  return percent === '' ? null : Number(`${percent}e-2`);
}

function openDialog(title, label, fields, order) {
  const dialog = document.getElementById('order-dialog');
  const reason = h('input', {name: 'reason', required: true, maxlength: 200, autocomplete: 'off'});
  const secret = h('input', {name: 'token', type: 'password', required: true, autocomplete: 'off'});
  const wrong = h('p', {class: 'bad', role: 'alert'});
  const send = h('button', {class: 'primary'}, label);
  secret.value = rememberedToken();
  dialog.replaceChildren(h('form', {
    method: 'dialog',
    onsubmit: async event => {
      event.preventDefault();
      send.disabled = true;
      wrong.textContent = '';
      const answer = await give({...order(), reason: reason.value}, secret.value);
      send.disabled = false;
      if (answer.ok) {
        rememberToken(secret.value);
        dialog.close();
        notice(`Given: ${answer.text}`);
      } else {
        wrong.textContent = `Not given: ${answer.text}`;
      }
    },
  },
  h('h2', {id: 'order-title'}, title), ...fields,
  h('label', {}, 'Reason', reason), h('label', {}, 'Token', secret), wrong,
  h('div', {class: 'row'}, h('button', {type: 'button', onclick: () => dialog.close()}, 'Cancel'), send)));
  dialog.showModal();
  dialog.querySelector('input, select').focus();
}

async function give(order, secret) {
  try {
    const answer = await fetch('/api/policy/orders', {
      method: 'POST',
      headers: {'Content-Type': 'application/json', Authorization: `Bearer ${secret}`},
      body: JSON.stringify(order),
    });
    const body = await answer.json();
    return {ok: answer.ok, text: body.given ?? body.error};
  } catch (error) {
    return {ok: false, text: `the server does not answer (${error.message})`};
  }
}
