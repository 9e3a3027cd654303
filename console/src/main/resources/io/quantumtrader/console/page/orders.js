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
};
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
  const where = h('select', {name: 'symbol'}, h('option', {value: ''}, 'none'),
    ...[...new Set(state.positions.map(row => row.symbol))].map(name => h('option', {}, name)));
  const reason = h('input', {name: 'reason', required: true, maxlength: 200, autocomplete: 'off'});
  const secret = h('input', {name: 'token', type: 'password', required: true, autocomplete: 'off'});
  const wrong = h('p', {class: 'bad', role: 'alert'});
  what.value = kind;
  who.value = account;
  where.value = symbol;
  secret.value = token;
  const whereLabel = h('label', {}, 'Symbol', where);
  const fit = () => {
    whereLabel.hidden = what.value !== 'CLOSE';
    if (what.value !== 'CLOSE') where.value = '';
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
      const answer = await give({kind: what.value, account: who.value, symbol: where.value, reason: reason.value}, secret.value);
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
  h('label', {}, 'What', what), h('label', {}, 'Account', who), whereLabel,
  h('label', {}, 'Reason', reason), h('label', {}, 'Token', secret),
  h('p', {class: 'soft'}, 'The token is in the file that the pipeline named at its start. The order is recorded with the reason.'),
  wrong,
  h('div', {class: 'row'}, h('button', {type: 'button', onclick: () => dialog.close()}, 'Cancel'), send));
  dialog.replaceChildren(form);
  dialog.showModal();
  reason.focus();
}

async function give(order, secret) {
  try {
    const answer = await fetch('/api/orders', {
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
