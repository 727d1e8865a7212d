// @ts-check
// A drawing, as Plan.drawing() gives it: bubbles with their marks, sentences, facts, the legend.
import { box, by, fill, lineBreak, make, say, shown } from "./dom.js";

const CLASSES = {
  "lost": "lost", "forces-ucs2": "forces", "changed": "changed", "costs-more": "costs",
  "deleted": "deleted", "added": "mention", "mention": "mention",
};
// More are drawn when they are asked for.
const MOST_BUBBLES = 20;
const MOST_LINES = 100;

/** @type {any} */
let drawn = null;
let all = false;

/** @param {any} drawing */
export function draw(drawing) {
  drawn = drawing;
  drawPhone();
  drawLegend();
}

function drawPhone() {
  const { segments } = drawn;
  const most = all ? segments.length : MOST_BUBBLES;
  const items = segments.slice(0, most).map((/** @type {any} */ segment) => bubble(segment, segments.length));
  if (!segments.length) items.push(make("li", {}, make("div", { class: "bubble none" }, say("nothing"))));
  if (segments.length > most) {
    const more = make("button", { type: "button" }, say("more", { number: segments.length - most }));
    more.addEventListener("click", () => {
      all = true;
      drawPhone();
    });
    items.push(make("li", {}, more));
  }
  const marked = by("phone").contains(document.activeElement);
  fill(by("phone"), items);
  const first = by("phone").querySelector("mark");
  if (first) first.tabIndex = 0;
  if (marked) first?.focus();
  const { mention } = drawn;
  by("mention-line").hidden = !mention.text;
  fill(by("mention-line"), make("bdi", {}, shown(mention.text)), ": " + mention.words);
}

/** @param {any} segment @param {number} of */
function bubble(segment, of) {
  const usage = make("span");
  usage.style.width = Math.min(100, (100 * segment.units) / segment.capacity) + "%";
  return make(
    "li", {},
    make(
      "div", { class: "segment" },
      make("strong", {}, say("segment", { number: segment.number, of })),
      make("span", {}, say("units", { number: segment.units, of: segment.capacity })),
    ),
    make("div", { class: "bubble" }, make("div", { class: "text", dir: "auto" }, segment.runs.map(run))),
    make("div", { class: "usage", "aria-hidden": "true" }, usage),
  );
}

/** @param {any} run */
function run(run) {
  const content = run.box ? run.box.split(" ").map(box) : lines(run.text);
  if (!run.mark) return content;
  const sign = run.mark === "added" || run.mark === "mention" ? null : run.sign;
  return make(
    "mark",
    {
      class: CLASSES[/** @type {keyof typeof CLASSES} */ (run.mark)], "data-sign": sign, "data-entry": run.legend,
      "data-reason": run.reason, role: "button", tabindex: "-1",
    },
    run.text || run.box ? content : " ",
  );
}

/** @param {string} text */
const lines = (text) =>
  text.replaceAll("\r\n", "\n").split("\n").flatMap((line, place) => (place ? [...lineBreak(), line] : [line]));

// One of the marks can be reached by the keyboard, and from it the others by the arrows.
function moveAmongMarks(/** @type {KeyboardEvent} */ event) {
  const marks = [...by("phone").querySelectorAll("mark")];
  const place = marks.indexOf(/** @type {any} */ (event.target));
  if (place < 0) return;
  const next = { ArrowRight: place + 1, ArrowDown: place + 1, ArrowLeft: place - 1, ArrowUp: place - 1, Home: 0, End: marks.length - 1 }[event.key];
  if (event.key === "Enter" || event.key === " ") about(marks[place]);
  else if (next === undefined) return;
  else if (marks[next]) {
    marks[place].tabIndex = -1;
    marks[next].tabIndex = 0;
    marks[next].focus();
  }
  event.preventDefault();
}

/** Shows what a mark says, beside it. @param {HTMLElement} mark */
function about(mark) {
  const entry = drawn.legend[Number(mark.dataset.entry)];
  const panel = by("about");
  fill(panel, entry ? [make("strong", {}, mark.dataset.reason ?? ""), make("br"), examples(entry), " – ", entry.text] : mark.dataset.reason ?? "");
  panel.showPopover();
  const [place, size] = [mark.getBoundingClientRect(), panel.getBoundingClientRect()];
  panel.style.left = Math.max(8, Math.min(place.left, innerWidth - size.width - 8)) + "px";
  panel.style.top = Math.min(place.bottom + 18, Math.max(8, innerHeight - size.height - 8)) + "px";
}

function drawLegend() {
  const entries = drawn.legend.slice(0, MOST_LINES);
  by("legend").hidden = !entries.length;
  fill(by("entries"), entries.map((/** @type {any} */ entry) => {
    const sign = entry.mark && make("span", { class: "sign " + CLASSES[/** @type {keyof typeof CLASSES} */ (entry.mark)] }, entry.sign);
    return make("tr", {}, make("th", { scope: "row" }, examples(entry)), make("td", {}, sign), make("td", {}, entry.text));
  }));
}

/** @param {any} entry */
function examples(entry) {
  const listed = entry.examples.flatMap((/** @type {any} */ example, /** @type {number} */ place) => {
    const becomes = example.becomes ? [make("span", { "aria-label": say("becomes"), role: "img" }, " → "), shown(example.becomes)] : [];
    return [place ? " " : "", make("bdi", { title: example.name }, shown(example.text), becomes)];
  });
  return [...listed, entry.others ? " …" : ""];
}

/** What there is to know, the worst first; `show` is called with a place. @param {any[]} sentences
 * @param {Element} list @param {((place: any) => void) | null} show */
export function drawSentences(sentences, list, show) {
  const items = sentences.slice(0, MOST_LINES).map((sentence) => {
    const [place] = sentence.places ?? [];
    const button = place && show && make("button", { type: "button", class: "small", "aria-label": say("show_place") }, say("show"));
    button?.addEventListener("click", () => show?.(place));
    return make(
      "li", { class: sentence.severity },
      make("span", { class: "severity" }, say(sentence.severity)), ": ",
      make("bdi", {}, shown(sentence.text ?? sentence.message)), " ",
      make("code", {}, sentence.code), button && " ", button,
    );
  });
  if (sentences.length > MOST_LINES) items.push(make("li", { class: "soft" }, say("more", { number: sentences.length - MOST_LINES })));
  fill(list, items);
}

by("phone").addEventListener("keydown", moveAmongMarks);
by("phone").addEventListener("click", (/** @type {any} */ event) => {
  const mark = event.target.closest("mark");
  if (mark) about(mark);
});
