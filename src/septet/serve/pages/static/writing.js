// @ts-check
// Another text in the place of the message, so that it can be taken back.
import { by, say } from "./dom.js";

/** @type {string | null} */
let before = null;

/** Puts a text in the place of the message; null for the one before. @param {string | null} text */
export function replaceText(text) {
  const area = by("text");
  const put = text ?? before ?? area.value;
  before = text === null ? null : area.value;
  area.focus();
  area.select();
  // The one way that the browser's own undo knows of; where it is no more, the button is left.
  if (!document.execCommand("insertText", false, put)) {
    area.setRangeText(put, 0, area.value.length, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(put.length, put.length);
  by("undo").hidden = before === null;
  by("status").textContent = say(text === null ? "undone" : "used");
}
