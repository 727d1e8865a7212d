// @ts-check
// What is said to those who hear the page: one sentence a pause, and only where something turned.
import { by } from "./dom.js";

const PAUSE = 1000;
const FEW = [0, 10, 20];

let last = "";
let wrong = "";
/** @type {any} */
let timer = 0;

/** @param {any} answer @param {any} drawing */
export function announce(answer, drawing) {
  const level = FEW.find((few) => answer.remaining <= few) ?? "many";
  const turned = [answer.billed_segments, answer.encoding, drawing.verdict, level].join("|");
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (turned === last) return;
    const first = last === "";
    last = turned;
    // Nothing was done yet that could have turned anything.
    if (first && !by("text").value) return;
    const told = ["billed", "left", "encoding"].flatMap((name) =>
      drawing.facts.filter((/** @type {any} */ fact) => fact.name === name).map((/** @type {any} */ fact) => `${fact.label}: ${fact.text}`));
    by("status").textContent = [...told, drawing.verdict].join("; ");
    const error = drawing.sentences.find((/** @type {any} */ sentence) => sentence.severity === "error");
    if ((error?.code ?? "") === wrong) return;
    wrong = error?.code ?? "";
    if (error) by("alert").textContent = error.text;
  }, PAUSE);
}
