// Elements without a framework: built once, and changed where something changed, so that focus,
// selection and scroll positions stay.

const SVG = 'http://www.w3.org/2000/svg';

/** Makes an element. Attributes named on... are listeners; null and false are left out. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Makes an element of a picture. */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

/** Sets the text of an element, if it is another one. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Makes a table whose rows are kept by their keys. A column has a label, a function from row to text
 * or element, and may be a number, or words.
 */
export function table(caption, columns, {key, cards = true, empty}) {
  const body = h('tbody');
  const head = h('tr', {}, ...columns.map(column =>
    h('th', {scope: 'col', class: column.number ? 'number' : null}, column.label)));
  const element = h('table', {class: cards ? 'cards' : null}, h('caption', {}, caption), h('thead', {}, head), body);
  const nothing = h('p', {class: 'empty'}, empty);
  const known = new Map();

  function update(rows) {
    const seen = new Set();
    nothing.hidden = rows.length > 0;
    element.hidden = rows.length === 0;
    rows.forEach((row, index) => {
      const id = key(row);
      seen.add(id);
      let line = known.get(id);
      if (!line) {
        line = h('tr', {}, ...columns.map(column => h('td', {
          'data-label': column.label,
          class: column.number ? 'number' : column.words ? 'words' : null,
        })));
        known.set(id, line);
      }
      columns.forEach((column, at) => put(line.children[at], column.value(row)));
      if (body.children[index] !== line) body.insertBefore(line, body.children[index] ?? null);
    });
    for (const [id, line] of known) {
      if (!seen.has(id)) {
        line.remove();
        known.delete(id);
      }
    }
  }
  update([]);
  return {element: h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption}, element, nothing), update};
}

function put(cell, value) {
  if (value instanceof Node) {
    if (cell.firstElementChild?.outerHTML === value.outerHTML && cell.childNodes.length === 1) return;
    cell.replaceChildren(value);
  } else {
    setText(cell, value ?? '');
  }
}

/** A word in a frame: good, bad, warn or nothing; the word says it, too. */
export function badge(word, kind = '') {
  return h('span', {class: `badge ${kind}`}, word);
}

/** Says something at the lower edge for some seconds. */
export function notice(text) {
  const place = document.getElementById('notice');
  place.textContent = text;
  place.hidden = false;
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => { place.hidden = true; }, 8000);
}
