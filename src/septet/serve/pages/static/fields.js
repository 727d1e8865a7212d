// @ts-check
// The fields of a template: how long each is, and what the message comes to whatever they hold.
import { by, fill, make, say } from "./dom.js";
import { fieldNames, fields, isTemplate } from "./asked.js";
import { Failure } from "./failure.js";

let drawn = "";

/** Draws a line for each field that the message has. */
export function drawFields() {
  const names = fieldNames();
  by("template").hidden = !names.length;
  by("template").classList.toggle("off", !isTemplate());
  const now = JSON.stringify(names);
  if (now === drawn) return;
  drawn = now;
  fill(by("fields"), names.map(row));
}

/** @param {string} name */
function row(name) {
  const field = fields.get(name) ?? { least: "1", most: "20", example: "" };
  fields.set(name, field);
  const cells = /** @type {const} */ (["least", "most", "example"]).map((part) => {
    const label = say({ least: "shortest_of", most: "longest_of", example: "example_of" }[part], { field: name });
    const input = make("input", { type: "text", inputmode: part === "example" ? "text" : "numeric", "aria-label": label, autocomplete: "off" });
    /** @type {any} */ (input).value = field[part];
    input.addEventListener("input", () => (field[part] = /** @type {any} */ (input).value));
    return make("td", {}, input);
  });
  return make("tr", {}, make("th", { scope: "row" }, make("bdi", {}, name)), cells);
}

/** @param {any} answer the bounds, why there are none, or nothing */
export function drawBounds(answer) {
  if (!answer) return fill(by("bounds"));
  if (answer instanceof Failure) return fill(by("bounds"), make("p", { class: "trouble" }, answer.words));
  const { bounds } = answer;
  const told = [];
  for (const [name, title] of [["gsm7", "GSM-7"], ["ucs2", "UCS-2"], ["latin1", "Latin-1"]]) {
    const bill = bounds[name];
    if (bill) told.push(make("li", {}, make("strong", {}, title), ": ", bill.fewest === bill.most ? say("segments", { number: bill.most }) : say("bill", { least: bill.fewest, most: bill.most })));
  }
  const open = by("bounds").querySelector("details")?.open ?? false;
  const groups = [["tips", bounds.tips], ["losses", bounds.lost]].filter(([, found]) => found.length);
  fill(by("bounds"), make("ul", { class: "plain" }, told), groups.map(([name, found]) =>
    make("details", { open }, make("summary", {}, say(name)), make("ul", { class: "plain small" }, found.map(classed)))));
}

/** @param {any} group */
const classed = (group) => make("li", {}, group.name, " ", make("bdi", { class: "soft" }, [...group.characters].slice(0, 12).join(" ")));
