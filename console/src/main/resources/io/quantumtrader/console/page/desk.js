// What an operator decides one by one: dead letters that are sent again, and entries that wait for a
// person. Each asks for the token and a reason, as orders do.
import {h, table, badge, notice} from './dom.js';
import {price, quantity, number, percent, duration, dateTime} from './format.js';
import {state, ofAccount, ask} from './state.js';
import {give, remembered, remember} from './orders.js';
import {whyButton} from './why.js';
import {csvLink, chosenAccount} from './csv.js';

/** Entries that wait, the one with the least time first; where none does, that is said. */
export function waitingEntries() {
  const waiting = table('Entries that wait for a person, the least time first', [
    {label: 'Left', number: true, value: row => h('span', {class: row.leftMs < 20000 ? 'bad' : ''}, duration(row.leftMs))},
    {label: 'Waits', number: true, value: row => duration(row.ageMs)},
    {label: 'Account', value: row => row.account},
    {label: 'Symbol', value: row => whyButton(row.symbol, row.planId)},
    {label: 'Side', value: row => row.side.toLowerCase()},
    {label: 'Size', number: true, value: row => quantity(row.quantity)},
    {label: 'Price', number: true, value: row => price(row.price)},
    {label: 'Stop', number: true, value: row => row.stopPrice === null ? h('span', {class: 'bad'}, 'none') : price(row.stopPrice)},
    {label: 'Risk (1 R)', number: true, value: row => risk(row)},
    {label: 'Wanted by', words: true, value: row => [row.source, row.reason].filter(Boolean).join(': ') || 'not known'},
    {label: 'Answer', value: row => answers(row)},
  ], {key: row => row.planId, empty: 'No executor asks for approval. One that runs with --mode approve asks before each entry.'});
  return {
    element: h('section', {class: 'panel', id: 'approvals'}, h('h2', {}, 'Waiting for approval'), waiting.element,
      csvLink('/api/approvals', chosenAccount())),
    update: () => waiting.update(ofAccount(state.approvals)),
  };
}

function risk(row) {
  if (row.risk === null) return 'not known';
  return `${number(row.risk)}${row.riskOfEquity === null ? '' : ` = ${percent(row.riskOfEquity, 2)}`}`;
}

function answers(row) {
  const words = `${row.side} ${quantity(row.quantity)} ${row.symbol} of account ${row.account}`;
  const open = granted => openDialog({
    title: granted ? 'Grant an entry' : 'Refuse an entry',
    about: [h('p', {}, `${words}, at ${price(row.price)}, risking ${risk(row)}.`)],
    label: granted ? 'Grant it' : 'Refuse it',
    done: granted ? 'Granted' : 'Refused',
    send: (reason, token) => give('/api/approvals/answer', {planId: row.planId, granted, reason}, token),
  });
  return h('span', {class: 'row'},
    h('button', {type: 'button', class: 'primary', onclick: () => open(true)}, 'Grant'),
    h('button', {type: 'button', onclick: () => open(false)}, 'Refuse'));
}

/** What became of a letter, or a button that sends its record again. */
export function letterState(row) {
  const place = `${row.partition}:${row.offset}`;
  const look = h('button', {type: 'button', class: row.refused ? 'link' : '', onclick: () => openLetter(place)}, row.refused ? 'show' : 'Send again');
  if (row.replayedAtMs) return h('span', {}, badge('sent again', 'good'), ` ${dateTime(row.replayedAtMs)} by ${row.replayedBy} `, look);
  return row.refused ? h('span', {}, badge('stays'), ' ', look) : look;
}

async function openLetter(place) {
  let letter;
  try {
    letter = await ask('/api/dead-letters/letter', {place});
  } catch (error) {
    notice(error.message);
    return;
  }
  const mayGo = !letter.refused || letter.unreadable;
  const even = h('input', {type: 'checkbox', name: 'even'});
  const facts = h('dl', {class: 'letter'}, ...[
    ['Record', `${letter.letter.topic || 'unknown topic'} ${letter.letter.place}`],
    ['Key', letter.letter.key || '–'],
    ['Reader', letter.letter.reader],
    ['Reason', [letter.letter.reason, letter.letter.message].filter(Boolean).join(': ')],
  ].flatMap(([name, text]) => [h('dt', {}, name), h('dd', {}, text)]));
  openDialog({
    title: mayGo ? `Send letter ${place} again` : `Letter ${place}`,
    about: [facts,
      h('details', {}, h('summary', {}, `Value: ${letter.valueAs}`), h('pre', {}, letter.value || 'none')),
      h('details', {}, h('summary', {}, `Headers: ${letter.headers.length}`), h('pre', {}, letter.headers.map(each => `${each.name} = ${each.value}`).join('\n'))),
      ...letter.warnings.map(text => h('p', {class: 'warn'}, text)),
      letter.refused ? h('p', {class: 'bad'}, letter.refused) : null,
      letter.unreadable ? h('label', {class: 'check'}, even, 'Send it even if it is unreadable') : null],
    label: 'Send again',
    done: 'Done',
    send: mayGo ? (reason, token) => give('/api/dead-letters/replay', {place, evenIfUnreadable: even.checked, reason}, token) : null,
  });
}

/** Asks for reason and token and sends; without something to send it only shows. */
function openDialog({title, about, label, done, send}) {
  const dialog = document.getElementById('order-dialog');
  const reason = h('input', {name: 'reason', required: true, maxlength: 200, autocomplete: 'off'});
  const secret = h('input', {name: 'token', type: 'password', required: true, autocomplete: 'off'});
  const wrong = h('p', {class: 'bad', role: 'alert'});
  const button = h('button', {class: 'primary'}, label);
  secret.value = remembered();
  const form = h('form', {
    method: 'dialog',
    onsubmit: async event => {
      event.preventDefault();
      button.disabled = true;
      wrong.textContent = '';
      const answer = await send(reason.value, secret.value);
      button.disabled = false;
      if (answer.ok) {
        remember(secret.value);
        dialog.close();
        notice(`${done}: ${answer.text}`);
      } else {
        wrong.textContent = `Not done: ${answer.text}`;
      }
    },
  },
  h('h2', {id: 'order-title'}, title), ...about,
  send ? h('label', {}, 'Reason', reason) : null, send ? h('label', {}, 'Token', secret) : null,
  send ? h('p', {class: 'soft'}, 'The token is in the file that the pipeline named at its start. What is done is recorded with the reason.') : null,
  wrong,
  h('div', {class: 'row'}, h('button', {type: 'button', onclick: () => dialog.close()}, send ? 'Cancel' : 'Close'), send ? button : null));
  dialog.replaceChildren(form);
  dialog.showModal();
  if (send) reason.focus();
}
