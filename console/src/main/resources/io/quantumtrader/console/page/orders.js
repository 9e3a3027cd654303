// Orders of the operator: each asks for the token and a reason. The token stays in this page's
// memory, and is gone with it.
import {h, notice} from './dom.js';
import {state} from './state.js';

const KINDS = {
  HALT: 'Halt: nothing but stops, targets, manual closes and the liquidation guard',
  REDUCE_ONLY: 'Reduce only: closes alone',
  RESUME: 'Resume: everything again',
  CLOSE: 'Close one position',
  FLATTEN: 'Flatten: close everything',
  REDUCE: 'Reduce: close worst R first until the exposure is at most a share of equity',
  STOP: 'Stop: tighten the stop of one position',
  LOCK_ENTRIES: 'Lock: take a symbol out of entries',
  LOCK_EXITS: 'Lock: take a symbol out of harvesting; stops and targets stay',
  UNLOCK: 'Unlock a symbol',
};
const WITH_SYMBOL = ['CLOSE', 'STOP', 'LOCK_ENTRIES', 'LOCK_EXITS', 'UNLOCK'];
const VALUES = {REDUCE: 'Exposure to reduce to, percent', STOP: 'New stop, price'};
let token = '';

/** A button that opens the dialog for an order. */
export function orderButton(label, kind, of, look = '') {
  return h('button', {type: 'button', class: look, onclick: () => openOrder(kind, of)}, label);
}

export function openOrder(kind = 'HALT', {account = state.account, symbol = ''} = {}) {
  const dialog = document.getElementById('order-dialog');
  const what = h('select', {name: 'kind'}, ...Object.entries(KINDS).map(([value, label]) => h('option', {value}, label)));
  const who = h('select', {name: 'account'}, h('option', {value: '*'}, 'all accounts'),
    ...state.accounts.map(row => h('option', {value: row.account}, row.account)));
  const known = [...new Set([...state.positions, ...state.decisions].map(row => row.symbol).filter(Boolean))].sort();
  const where = h('input', {name: 'symbol', list: 'order-symbols', autocomplete: 'off', maxlength: 32});
  const symbols = h('datalist', {id: 'order-symbols'}, ...known.map(name => h('option', {value: name})));
  const value = h('input', {name: 'value', inputmode: 'decimal', autocomplete: 'off', maxlength: 40});
  const valueName = h('span');
  const reason = h('input', {name: 'reason', required: true, maxlength: 200, autocomplete: 'off'});
  const secret = h('input', {name: 'token', type: 'password', required: true, autocomplete: 'off'});
  const wrong = h('p', {class: 'bad', role: 'alert'});
  what.value = kind;
  who.value = account;
  where.value = symbol;
  secret.value = token;
  const whereLabel = h('label', {}, 'Symbol', where, symbols);
  const valueLabel = h('label', {}, valueName, value);
  const fit = () => {
    whereLabel.hidden = !WITH_SYMBOL.includes(what.value);
    where.required = !whereLabel.hidden;
    if (whereLabel.hidden) where.value = '';
    valueLabel.hidden = !(what.value in VALUES);
    valueName.textContent = VALUES[what.value] ?? '';
    value.required = !valueLabel.hidden;
    if (valueLabel.hidden) value.value = '';
  };
  what.addEventListener('input', fit);
  fit();

  const send = h('button', {class: 'primary'}, 'Give the order');
  const form = h('form', {
    method: 'dialog',
    onsubmit: async event => {
      event.preventDefault();
      send.disabled = true;
      wrong.textContent = '';
      const share = what.value === 'REDUCE' ? String(Number(value.value.replace('%', '')) / 100) : value.value;
      const answer = await give('/api/orders', {kind: what.value, account: who.value, symbol: where.value, value: share, reason: reason.value}, secret.value);
      send.disabled = false;
      if (answer.ok) {
        token = secret.value;
        dialog.close();
        notice(`Given: ${answer.text}`);
      } else {
        wrong.textContent = `Not given: ${answer.text}`;
      }
    },
  },
  h('h2', {id: 'order-title'}, 'Order'),
  h('label', {}, 'What', what), h('label', {}, 'Account', who), whereLabel, valueLabel,
  h('label', {}, 'Reason', reason), h('label', {}, 'Token', secret),
  h('p', {class: 'soft'}, 'The token is in the file that the pipeline named at its start. The order is recorded with the reason.'),
  wrong,
  h('div', {class: 'row'}, h('button', {type: 'button', onclick: () => dialog.close()}, 'Cancel'), send));
  dialog.replaceChildren(form);
  dialog.showModal();
  reason.focus();
}

/** The token that was right last. */
export function remembered() {
  return token;
}

export function remember(secret) {
  token = secret;
}

/** Sends something that changes something, and says what was answered. */
export async function give(path, order, secret) {
  try {
    const answer = await fetch(path, {
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

/** The token that was taken last, for other dialogs of this page; empty before that. */
export function rememberedToken() {
  return token;
}

export function rememberToken(secret) {
  token = secret;
}
