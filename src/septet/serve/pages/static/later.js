// @ts-check
// What may come a moment later: cheaper ways, other vendors, the request. Only the newest is painted.
import { amount, by, data, fill, make, named, say, shown, state } from "./dom.js";
import { currency, filled, isTemplate, options, paid, prices, written } from "./asked.js";
import { drawSentences } from "./drawing.js";
import { Failure } from "./failure.js";
import { replaceText } from "./writing.js";

const PAUSE = 400;
const MOST_WAYS = 4;
const SHORT = 150;
// Beside one's own; more are shown when they are asked for.
const MOST_VENDORS = 10;

/** @type {AbortController | null} */
let going = null;
/** @type {any} */
let timer = 0;
/** @type {((route: string, body: any, signal?: AbortSignal) => Promise<any>) | null} */
let engine = null;

/** @param {NonNullable<typeof engine>} ask */
export function later(ask) {
  engine = ask;
  state.later = "";
  going?.abort();
  clearTimeout(timer);
  timer = setTimeout(all, PAUSE);
}

function all() {
  if (!engine) return;
  // Nothing of it before the first figures are there.
  if (!state.answered) {
    timer = setTimeout(all, PAUSE);
    return;
  }
  going = new AbortController();
  const { signal } = going;
  const parts = [
    part("advise", { ...options(), text: written(), price: paid().price, lang: data.lang }, drawWays),
    part("compare", comparing(), drawVendors),
  ];
  if (by("split").open) parts.push(part("split", { ...options(), text: filled(), numbering: "({n}/{total}) " }, drawMessages));
  if (by("request").open) parts.push(part("curl", { ...options(), text: filled(), ...around(), lang: data.lang }, drawRequest));
  Promise.all(parts).finally(() => signal.aborted || delete state.later);
}

/** @param {string} route @param {any} body @param {(answer: any) => void} draw */
async function part(route, body, draw) {
  const { signal } = /** @type {AbortController} */ (going);
  try {
    const answer = await engine?.(route, body, signal);
    if (!signal.aborted) draw(answer);
  } catch (failure) {
    if (!signal.aborted) {
      if (!(failure instanceof Failure)) throw failure;
      draw(failure);
    }
  }
}

// Cheaper ways.

/** @param {any} answer */
function drawWays(answer) {
  const ways = answer.advice?.slice(0, MOST_WAYS) ?? [];
  fill(by("ways"), ways.map(way));
  const note = answer instanceof Failure ? answer.words : !ways.length ? say("no_advice") : isTemplate() ? say("as_typed") : "";
  by("advice-note").hidden = !note;
  by("advice-note").textContent = note;
}

/** @param {any} advice */
function way(advice) {
  const use = make("button", { type: "button", class: "primary" }, say("use"));
  use.addEventListener("click", () => {
    for (const code of advice.language ?? []) if (by("language-" + code)) by("language-" + code).checked = true;
    replaceText(advice.text);
  });
  const figures = say("after", { encoding: named(advice.encoding), number: advice.billed_segments });
  return make(
    "li", {},
    make("p", {}, advice.gain && make("strong", { class: "gain" }, advice.gain), advice.gain && " · ", make("span", { class: "soft" }, figures)),
    make("p", { class: "small" }, make("bdi", {}, shown(advice.note))),
    // What may have to be scrolled can be reached by the keyboard.
    make("p", { class: "written", dir: "auto", tabindex: advice.text.length > SHORT ? 0 : null }, shown(advice.text)),
    use,
  );
}

// Several messages.

/** @param {any} answer */
function drawMessages(answer) {
  const found = answer.split;
  fill(by("messages"), (found?.messages ?? []).map((/** @type {any} */ one) => make("li", { class: "written", dir: "auto" }, shown(one.plan.text))));
  by("messages-note").textContent = found ? say("segments", { number: found.billed_segments }) : answer.words;
}

// Other vendors.

/** @type {any[]} */
let rows = [];
let sort = { column: "", down: false };
let every = false;
/** @type {Record<string, (row: any) => any>} */
const VALUES = {
  vendor: (row) => called(row.profile), encoding: (row) => row.encoding, segments: (row) => row.billed_segments,
  price: (row) => Number(priceOf(row.profile) ?? Infinity), cost: (row) => (row.cost === null ? Infinity : Number(row.cost)),
  loses: (row) => row.lost, changes: (row) => row.changes.length, mention: (row) => row.optout,
};

/** What the list of vendors calls one. @param {string} name */
const called = (name) => [...by("profile").options].find((option) => option.value === name)?.textContent ?? name;

/** @param {string} name */
const priceOf = (name) => (name === by("profile").value ? paid().price : prices.get(name)?.trim().replace(",", ".")) || null;

function comparing() {
  const { profile, commercial, country } = options();
  const given = Object.keys(data.profiles).flatMap((name) => (/^\d{1,9}(\.\d{1,9})?$/.test(priceOf(name) ?? "") ? [[name, priceOf(name)]] : []));
  return { text: filled(), ...(commercial && { commercial }), ...(country && { country }), prices: Object.fromEntries(given), lang: data.lang };
}

/** @param {any} answer */
function drawVendors(answer) {
  if (answer instanceof Failure) {
    by("left-out").hidden = false;
    fill(by("left-out"), make("li", {}, answer.words));
    return;
  }
  rows = answer.compared;
  by("left-out").hidden = !answer.left_out.length;
  fill(by("left-out"), answer.left_out.map((/** @type {any} */ one) => make("li", {}, say("left_out", { vendor: called(one.profile) }))));
  drawRows();
}

function drawRows() {
  const own = by("profile").value;
  const value = VALUES[sort.column];
  const ordered = value ? [...rows].sort((one, other) => compare(value(one), value(other)) * (sort.down ? -1 : 1)) : [...rows];
  ordered.sort((one, other) => Number(other.profile === own) - Number(one.profile === own));
  const focused = document.activeElement?.id;
  const body = by("compared");
  // Prices are being typed: their inputs stay the same ones.
  const kept = new Map([...body.children].map((row) => [row.dataset.profile, row]));
  // Those whose price is being typed stay, wherever they stand.
  const some = every ? ordered : ordered.filter((row, place) => place <= MOST_VENDORS || prices.get(row.profile));
  fill(body, some.map((row) => filledRow(kept.get(row.profile), row, own)));
  by("all-vendors").hidden = some.length === ordered.length;
  by("all-vendors").textContent = say("all_vendors", { number: ordered.length });
  if (focused) by(focused)?.focus();
}

/** @param {any} one @param {any} other */
const compare = (one, other) => (typeof one === "string" ? one.localeCompare(other, data.lang) : one === other ? 0 : one < other ? -1 : 1);

/** @param {any} kept @param {any} row @param {string} own */
function filledRow(kept, row, own) {
  const price = kept?.querySelector("input") ?? priceInput(row);
  price.disabled = row.profile === own;
  if (row.profile === own) price.value = by("price").value;
  else if (document.activeElement !== price) price.value = prices.get(row.profile) ?? "";
  const title = make("bdi", {}, called(row.profile));
  const changes = [...new Set(row.changes.map((/** @type {any} */ change) => `${change.source} → ${change.replacement}`))];
  return make(
    "tr", { "data-profile": row.profile, class: row.profile === own ? "own" : null },
    make("th", { scope: "row" }, title, row.profile === own ? [" ", make("span", { class: "soft small" }, say("own"))] : []),
    make("td", {}, named(row.encoding)),
    make("td", { class: "number" }, String(row.billed_segments), row.ok ? [] : [" ", make("span", { class: "sign lost", role: "img", "aria-label": say("refused") }, "✕")]),
    make("td", {}, price),
    make("td", { class: "number" }, row.cost === null ? "–" : amount(row.cost, currency())),
    make("td", { class: "number" }, row.lost ? make("span", { class: "sign lost" }, "! " + row.lost) : "0"),
    make("td", {}, make("bdi", { class: "small" }, changes.slice(0, 3).flatMap((one, place) => [place ? ", " : "", ...shown(short(one))]), changes.length > 3 ? " …" : "")),
    make("td", {}, make("bdi", { class: "small" }, shown(row.optout.trim()))),
  );
}

/** @param {string} text */
const short = (text) => ([...text].length > 24 ? [...text].slice(0, 24).join("") + "…" : text);

/** @param {any} row */
function priceInput(row) {
  const input = make("input", { type: "text", inputmode: "decimal", id: "price-" + row.profile, "aria-label": say("price_of", { vendor: called(row.profile) }), autocomplete: "off" });
  input.addEventListener("input", () => prices.set(row.profile, /** @type {any} */ (input).value));
  return input;
}

for (const button of by("vendors").querySelectorAll("button[data-sort]")) {
  button.addEventListener("click", () => {
    const column = button.dataset.sort;
    sort = { column, down: sort.column === column && !sort.down };
    for (const each of by("vendors").querySelectorAll("button[data-sort]")) {
      const direction = each === button ? (sort.down ? "descending" : "ascending") : null;
      if (direction) each.parentElement.setAttribute("aria-sort", direction);
      else each.parentElement.removeAttribute("aria-sort");
    }
    drawRows();
  });
}

by("all-vendors").addEventListener("click", () => {
  every = true;
  drawRows();
  // The button is gone: who used it goes on where it was.
  by("compared").children[MOST_VENDORS + 1]?.querySelector("input")?.focus();
});

// The request.

function around() {
  const numbers = by("numbers").value.split(/[,;\n]+/).map((/** @type {string} */ number) => number.trim()).filter(Boolean);
  return { ...(by("sender").value && { sender: by("sender").value }), ...(numbers.length && { recipients: numbers }) };
}

/** @param {any} answer */
function drawRequest(answer) {
  const failed = answer instanceof Failure;
  const command = failed ? null : answer.command;
  drawSentences(failed ? [] : answer.problems, by("request-problems"), null);
  by("curl").hidden = by("copy-curl").hidden = !command;
  by("curl").textContent = command ?? "";
  by("request-note").textContent = failed ? answer.words : command ? say("add_credentials", { credentials: answer.credentials }) : answer.credentials === null ? say("no_request") : "";
}

for (const name of ["split", "request"]) by(name).addEventListener("toggle", () => engine && later(engine));
by("request").addEventListener("input", () => engine && later(engine));
