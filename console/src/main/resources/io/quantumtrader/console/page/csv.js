// Every table can be had for a spreadsheet, of the account that is chosen.
import {h} from './dom.js';
import {state, subscribe} from './state.js';

/** A link to a table as CSV; parameters may be a function, for what is chosen on the page. */
export function csvLink(path, parameters = {}) {
  const link = h('a', {download: true}, 'As CSV');
  const lead = () => {
    const chosen = typeof parameters === 'function' ? parameters() : parameters;
    const query = new URLSearchParams({...chosen, format: 'csv'});
    if (link.getAttribute('href') !== `${path}?${query}`) link.setAttribute('href', `${path}?${query}`);
  };
  lead();
  subscribe(lead);
  link.addEventListener('pointerdown', lead);
  return h('p', {class: 'soft'}, link);
}

/** The account that is chosen, as a parameter. */
export function chosenAccount(more = {}) {
  return () => ({account: state.account, ...more});
}
