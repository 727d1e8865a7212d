// @ts-check
// The live page: each change is asked for at once, one request at a time, and the newest text always wins.
import { amount, by, data, figure, fill, make, say, shown } from "./dom.js";
import { currency, filled, fragment, isTemplate, lengths, offer, options, paid, summarise, takeFragment, written } from "./asked.js";
import { draw, drawSentences } from "./drawing.js";
import { drawFields, drawBounds } from "./fields.js";
import { announce } from "./announcing.js";
import { later } from "./later.js";
import { Failure } from "./failure.js";
import { ready } from "./along.js";
import { replaceText } from "./writing.js";

const engine = document.documentElement.dataset.engine === "worker" ? await import("./local.js") : await import("./server.js");
const LONGEST_WAIT = 15;

let busy = false;
let dirty = false;
let tries = 0;
/** @type {any} */
let timer = 0;

/** Something was changed. */
function changed() {
  drawFields();
  summarise();
  later(engine.ask);
  ask();
}

async function ask() {
  if (busy) {
    dirty = true;
    return;
  }
  busy = true;
  clearTimeout(timer);
  do {
    dirty = false;
    const asked = { ...options(), text: filled(), ...paid(), places: "utf-16", lang: data.lang };
    try {
      const template = isTemplate() && { ...options(), template: written(), fields: lengths(), price: paid().price, lang: data.lang };
      const [answer, bounds] = await Promise.all([
        engine.ask("preview", asked),
        // What makes no sense as a template still is a text.
        template ? engine.ask("bounds", template).catch((/** @type {any} */ failure) => failure) : null,
      ]);
      if (bounds instanceof Failure && bounds.away) throw bounds;
      paint(answer, bounds, asked.text === "");
      wellAgain();
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      failed(failure);
      break;
    }
  } while (dirty);
  busy = false;
}

/** @param {any} answer @param {any} bounds @param {boolean} empty */
function paint(answer, bounds, empty) {
  const { drawing } = answer;
  // Before anything is written, nothing is wrong yet.
  if (empty) Object.assign(drawing, { severity: null, verdict: say("nothing"), sentences: [] });
  const range = bounds && !(bounds instanceof Failure) ? bounds.bounds : null;
  const kind = { error: "bad", warning: "mind" }[/** @type {"error"} */ (drawing.severity)] ?? "good";
  by("verdict").className = "verdict " + kind;
  fill(by("verdict"), make("span", { class: "icon", "aria-hidden": "true" }, empty ? "" : { good: "✓", mind: "!", bad: "✕" }[kind]), " ", drawing.verdict);
  by("verdict").classList.toggle("empty", empty);
  const ranged = range && range.fewest !== range.most;
  by("billed").textContent = ranged ? `${range.fewest}–${range.most}` : figure(String(range?.most ?? answer.billed_segments));
  by("left").textContent = figure(String(answer.remaining));
  const encodings = range ? ["gsm7", "ucs2", "latin1"].filter((name) => range[name]) : [answer.encoding];
  by("encoding").textContent = encodings.map((name) => NAMES[/** @type {"gsm7"} */ (name)]).join(" / ");
  by("cost").textContent = costWords(answer, bounds?.cost);
  const facts = drawing.facts.map((/** @type {any} */ fact) => [fact.label, fact.name === "link" ? make("bdi", {}, shown(fact.text)) : fact.text]);
  if (answer.cost !== null) facts.push([say("cost"), amount(answer.cost, currency())]);
  if (answer.total !== null) facts.push([say("cost_of_all"), amount(answer.total, currency())]);
  fill(by("figures"), facts.map(([label, text]) => make("div", {}, make("dt", {}, label), make("dd", {}, text))));
  draw(drawing);
  by("problems").hidden = !drawing.sentences.length;
  drawSentences(drawing.sentences, by("sentences"), isTemplate() ? null : select);
  drawBounds(bounds);
  announce(answer, drawing);
  document.documentElement.dataset.answered = String(Number(document.documentElement.dataset.answered ?? 0) + 1);
  ready(answer);
}

const NAMES = { gsm7: "GSM-7", ucs2: "UCS-2", latin1: "Latin-1", utf8: "UTF-8" };

/** @param {any} answer @param {any} range */
function costWords(answer, range) {
  if (range && range.fewest !== range.most) return say("at_most", { amount: amount(range.most, currency()) });
  const cost = range?.most ?? answer.cost;
  return cost === null ? "–" : amount(cost, currency());
}

/** Selects a place of the message. @param {{start: number, end: number}} place */
function select(place) {
  by("text").focus();
  by("text").setSelectionRange(place.start, place.end);
}

/** @param {Failure} failure */
function failed(failure) {
  document.documentElement.dataset.stale = "";
  const words = failure.away ? say("away") : failure.words;
  const trouble = failure.details?.type === "broken" ? say("no_start") : words;
  if (by("trouble").hidden || by("trouble").textContent !== trouble) {
    by("alert").textContent = trouble;
  }
  by("trouble").hidden = false;
  by("trouble").textContent = trouble;
  if (!failure.away) return;
  const wait = Math.max(failure.wait, Math.min(LONGEST_WAIT, 0.5 * 2 ** tries++));
  timer = setTimeout(ask, wait * 1000);
}

function wellAgain() {
  tries = 0;
  if (!("stale" in document.documentElement.dataset)) return;
  delete document.documentElement.dataset.stale;
  by("trouble").hidden = true;
  by("alert").textContent = say("back");
}

function start() {
  if (!takeFragment()) {
    by("trouble").hidden = false;
    by("trouble").textContent = say("link_unknown");
  }
  offer();
  changed();
}

for (const name of ["compose", "vendors"]) {
  by(name).addEventListener("input", (/** @type {any} */ event) => {
    if (event.target.id === "profile" || event.target.id === "commercial") offer();
    changed();
  });
}
by("undo").addEventListener("click", () => replaceText(null));
by("switch").addEventListener("click", () => {
  // The other language goes on with what is written here.
  by("switch").hash = fragment();
});
addEventListener("hashchange", start);
if (matchMedia("(min-width: 60rem)").matches) by("options").open = true;
if (document.documentElement.dataset.engine === "worker") {
  by("trouble").hidden = false;
  by("trouble").textContent = say("starting");
  document.documentElement.dataset.stale = "";
}
start();
