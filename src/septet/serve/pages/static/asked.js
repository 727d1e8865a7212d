// @ts-check
// What is asked: the message, the vendor and the options, read from the controls, and the link that holds them.
import { by, data, fill, make, say } from "./dom.js";

/** The fields of the message, by name. @type {Map<string, {least: string, most: string, example: string}>} */
export const fields = new Map();
/** What a segment costs at other vendors. @type {Map<string, string>} */
export const prices = new Map();

// The controls that a link holds, each by a short name.
const TEXTS = {
  p: "profile", t: "text", price: "price", cur: "currency", n: "recipients", enc: "asked", opt: "optout",
  stop: "mention", max: "most", cut: "truncate", country: "country", s: "sender",
};
const VERSION = "1";
const AUTOMATIC = "auto";
// As template fields are written; what means more in other templates is none.
const FIELD = /\{\{|\}\}|\{([^{}.[\]!:]*[^{}.[\]!:\s][^{}.[\]!:]*)\}/g;

/** @param {string} text */
const decimal = (text) => text.trim().replace(",", ".") || null;

/** The options, as the API takes them. */
export function options() {
  /** @type {Record<string, any>} */
  const found = { profile: by("profile").value };
  if (by("commercial").checked) found.commercial = true;
  if (by("asked").value) found.encoding = by("asked").value;
  if (by("optout").value) found.optout = by("optout").value;
  if (by("mention").value && !by("mention").disabled) found.optout_text = by("mention").value;
  if (by("most").value.trim()) found.max_segments = Number(by("most").value) || 0;
  if (by("truncate").value) found.truncate = { no: false, yes: true, words: "words" }[/** @type {"no"} */ (by("truncate").value)];
  if (by("country").value) found.country = by("country").value;
  const languages = [...by("languages").querySelectorAll("input:checked")].map((each) => each.value);
  if (languages.length) found.language = languages.includes(AUTOMATIC) ? AUTOMATIC : languages;
  return found;
}

/** What is paid: the price of a segment, and how many recipients there are. */
export function paid() {
  const price = decimal(by("price").value);
  const recipients = Number(by("recipients").value.replace(/\s/g, ""));
  return { price, ...(price && recipients > 0 ? { recipients_count: recipients } : {}) };
}

export const currency = () => by("currency").value.trim().toUpperCase();

/** The message as it is written, without halves of characters, which no JSON carries. */
export const written = () => by("text").value.toWellFormed();

/** The names of the fields in the message; none where braces are only braces. */
export function fieldNames() {
  const names = new Set();
  for (const found of written().matchAll(FIELD)) if (found[1] !== undefined) names.add(found[1]);
  return [...names];
}

export const isTemplate = () => by("is-template").checked && fieldNames().length > 0;

/** The message with its fields filled by their examples. */
export function filled() {
  if (!isTemplate()) return written();
  return written().replace(FIELD, (whole, name) => (name === undefined ? whole[0] : example(name)));
}

/** What a field is filled with: its example, or its name if it has none. @param {string} name */
const example = (name) => fields.get(name)?.example || name;

/** How long each field is, as the API takes it. */
export function lengths() {
  return Object.fromEntries(fieldNames().map((name) => {
    const { least, most } = fields.get(name) ?? { least: "", most: "" };
    const fewest = Number(least) || 0;
    return [name, { least: fewest, most: Math.max(fewest, Number(most) || 0) }];
  }));
}

/** Offers what the vendor has, and nothing else. */
export function offer() {
  const offered = { ...data.usual, ...data.profiles[by("profile").value] };
  const cut = offered.truncate.map((/** @type {any} */ value) => ({ false: "no", true: "yes" })[String(value)] ?? value);
  for (const [name, values] of [["asked", offered.encoding], ["optout", by("commercial").checked ? offered.marketing : offered.optout], ["truncate", cut]]) {
    for (const option of by(name).options) option.disabled = option.value !== "" && !values.includes(option.value);
    if (by(name).selectedOptions[0]?.disabled) by(name).value = "";
  }
  by("mention").disabled = !offered.optout_text;
  by("most").placeholder = "1–" + offered.most;
  const names = new Intl.DisplayNames(data.lang, { type: "language" });
  const chosen = new Set([...by("languages").querySelectorAll("input:checked")].map((each) => each.value));
  fill(by("languages"), offered.language.map((/** @type {string} */ code) => {
    const box = make("input", { type: "checkbox", value: code, id: "language-" + code });
    /** @type {any} */ (box).checked = chosen.has(code);
    return make("span", { class: "flag" }, box, make("label", { for: "language-" + code }, code === AUTOMATIC ? say("automatic") : names.of(code)));
  }));
  by("tables").hidden = !offered.language.length;
}

/** Says which options are set, where they are folded away. */
export function summarise() {
  const set = [...by("options").querySelectorAll("input, select")].flatMap((control) => {
    if (control.type === "checkbox") return control.checked ? [control.parentElement.textContent.trim()] : [];
    if (!control.value) return [];
    return [control.tagName === "SELECT" ? control.selectedOptions[0].textContent : control.previousElementSibling.textContent + " " + control.value];
  });
  by("chosen").textContent = set.join(" · ");
}

/** The part of an address behind its #. */
export function fragment() {
  const found = new URLSearchParams({ v: VERSION });
  for (const [short, name] of Object.entries(TEXTS)) if (by(name).value) found.set(short, name === "text" ? written() : by(name).value);
  if (by("commercial").checked) found.set("c", "1");
  if (!by("is-template").checked) found.set("plain", "1");
  for (const code of [options().language ?? []].flat()) found.append("lang", code);
  for (const [name, price] of prices) if (price) found.append("at", name + "=" + price);
  for (const name of fieldNames()) {
    const { least, most, example } = fields.get(name) ?? { least: "", most: "", example: "" };
    found.append("f", [name, least, most, example].join("\n"));
  }
  return found.toString();
}

/** Takes what a link holds; false where it is of another version. */
export function takeFragment() {
  const found = new URLSearchParams(location.hash.slice(1));
  if (!found.has("v")) return true;
  if (found.get("v") !== VERSION) return false;
  for (const [short, name] of Object.entries(TEXTS)) {
    const value = found.get(short) ?? "";
    const control = by(name);
    // A select has nothing but its own values.
    if (control.tagName !== "SELECT" || [...control.options].some((option) => option.value === value)) control.value = value;
  }
  by("commercial").checked = found.get("c") === "1";
  by("is-template").checked = found.get("plain") !== "1";
  offer();
  for (const code of found.getAll("lang")) {
    const box = by("language-" + code);
    if (box) box.checked = true;
  }
  prices.clear();
  for (const one of found.getAll("at")) {
    const place = one.lastIndexOf("=");
    if (place > 0 && Object.hasOwn(data.profiles, one.slice(0, place))) prices.set(one.slice(0, place), one.slice(place + 1));
  }
  fields.clear();
  for (const one of found.getAll("f")) {
    const [name, least = "", most = "", ...rest] = one.split("\n");
    fields.set(name, { least, most, example: rest.join("\n") });
  }
  return true;
}

by("is-template").checked = true;
const regions = new Intl.DisplayNames(data.lang, { type: "region" });
by("country").append(...(data.countries.match(/../g) ?? [])
  .map((code) => ({ code, name: regions.of(code) ?? code }))
  .sort((one, other) => one.name.localeCompare(other.name, data.lang))
  .map(({ code, name }) => make("option", { value: code }, `${name} (${code})`)));
