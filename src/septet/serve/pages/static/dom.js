// @ts-check
// Elements, words and numbers. Whatever a person wrote goes in as text, never as markup.

/** @type {{lang: string, words: Record<string, string>, point: string, group: string, countries: string,
 *  usual: Record<string, any>, profiles: Record<string, any>}} */
export const data = JSON.parse(document.getElementById("data")?.textContent ?? "{}");

/** @param {string} id @returns {any} */
export const by = (id) => document.getElementById(id);

/** An element with its attributes and its content; a string is text.
 * @param {string} name @param {Record<string, any>} [attributes] @param {...any} children */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, String(value));
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Puts other content in an element's place. @param {Element} element @param {...any} children */
export const fill = (element, ...children) => element.replaceChildren(...children.flat(3));

/** A sentence of the page's language. @param {string} name @param {Record<string, any>} [values] */
export function say(name, values = {}) {
  return data.words[name].replace(/\{(\w+)\}/g, (whole, key) => {
    const value = values[key];
    return value === undefined ? whole : typeof value === "number" ? figure(String(value)) : String(value);
  });
}

/** Digits as the language writes them. @param {string} digits */
export function figure(digits) {
  const [whole, rest] = digits.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, data.group);
  return rest === undefined ? grouped : grouped + data.point + rest;
}

/** An amount with its currency. @param {string} digits @param {string} currency */
export function amount(digits, currency) {
  const sign = data.lang === "fr" && currency === "EUR" ? "€" : currency;
  return figure(digits) + (sign && " " + sign);
}

// What has no shape of its own, or would act on the page; joiners within emoji are drawn with them.
const SHAPELESS = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;
const PIECES = /\r\n|[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]\u200d(?=\p{Extended_Pictographic})|[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** A text in nodes, with a box in the place of each character that has no shape. @param {string} text */
export function shown(text) {
  if (!SHAPELESS.test(text)) return [text];
  const nodes = [];
  let place = 0;
  for (const found of text.matchAll(PIECES)) {
    const written = found[0];
    if (written.length > 1 && written !== "\r\n") continue;
    nodes.push(text.slice(place, found.index));
    nodes.push(...(/[\r\n]/.test(written) ? lineBreak() : [box(codePoint(written))]));
    place = found.index + written.length;
  }
  return [...nodes, text.slice(place)].filter((node) => node !== "");
}

/** @param {string} character */
const codePoint = (character) =>
  "U+" + (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");

/** @param {string} name */
export const box = (name) => make("span", { class: "box" }, name);

/** The sign of a line break, and the break. */
export const lineBreak = () => [make("span", { class: "line-break", "aria-hidden": "true" }, "↵"), "\n"];
