// texts.js: what our pages say, in the reader's language
//
// SPDX-License-Identifier: GPL-3.0-or-later

// The build puts each language's texts here (build-aux/page-texts.py).
const texts = {};

export const _ = (text) => texts[text] ?? text;

// Puts values where a text has %s, or %2$s where a language wants another order.
export function fill(text, ...values) {
  let next = 0;
  return text.replaceAll(/%(?:(\d+)\$)?s/g, (mark, place) => String(values[place ? place - 1 : next++]));
}

// For pages that do not come from here, such as a project's panels. Only what the catalogue has is put in.
export function translatePage() {
  for (const element of document.querySelectorAll('[translate="yes"]')) {
    const text = texts[element.innerHTML.trim().replaceAll(/\s+/g, " ")];
    if (text !== undefined)
      element.innerHTML = text;
    for (const name of ["aria-label", "placeholder", "title"]) {
      const value = texts[element.getAttribute(name)];
      if (value !== undefined)
        element.setAttribute(name, value);
    }
  }
}
