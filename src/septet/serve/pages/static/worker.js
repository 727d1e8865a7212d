// @ts-check
// A Python in a worker, with septet in it. Everything comes from beside this file.
import { loadPyodide } from "../../pyodide/pyodide.mjs";

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What is asked for properties of characters: the text at hand, with the places of its code points. */
class Held {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    // Where no character takes two code units, the places are the same.
    this.same = !/[\ud800-\udfff]/.test(text);
    /** @type {number[]} */
    this.units = [];
    /** @type {Map<number, number>} */
    this.points = new Map();
    if (this.same) return;
    let place = 0;
    for (const character of text) {
      this.points.set(place, this.units.length);
      this.units.push(place);
      place += character.length;
    }
    this.points.set(place, this.units.length);
    this.units.push(place);
  }

  /** @param {number} point */
  unit(point) {
    return this.same ? point : this.units[point];
  }

  /** @param {number} unit */
  point(unit) {
    return this.same ? unit : /** @type {number} */ (this.points.get(unit));
  }
}

let held = new Held("");
/** @type {RegExp[]} */
const patterns = [];

// What Python calls. Places go over as numbers of code points, which is what it counts.
const characters = {
  /** @param {string} text */
  hold(text) {
    held = new Held(text);
  },
  ends() {
    const ends = [];
    for (const { index, segment } of segmenter.segment(held.text)) ends.push(held.point(index + segment.length));
    return ends;
  },
  /** @param {string} pattern @param {boolean} anyCase */
  compile(pattern, anyCase) {
    return patterns.push(new RegExp(pattern, anyCase ? "giv" : "gv")) - 1;
  },
  /** The place of a match, as its start and its end; nothing where there is none.
   * @param {number} number @param {number} start @param {number} end */
  search(number, start, end) {
    const pattern = patterns[number];
    const last = held.unit(end);
    pattern.lastIndex = held.unit(start);
    const found = pattern.exec(last === held.text.length ? held.text : held.text.slice(0, last));
    return found ? [held.point(found.index), held.point(found.index + found[0].length)] : [];
  },
};

async function start() {
  const wheel = fetch(new URL("../../septet.whl", import.meta.url));
  const python = await loadPyodide({ indexURL: new URL("../../pyodide/", import.meta.url).href });
  const response = await wheel;
  if (!response.ok) throw new Error("septet.whl: " + response.status);
  python.FS.writeFile("/septet.whl", new Uint8Array(await response.arrayBuffer()));
  python.runPython("import sys; sys.path.insert(0, '/septet.whl')");
  return python.pyimport("septet.serve.pages.in_browser").start(characters);
}

const started = start();
started.catch((error) => postMessage({ broken: String(error) }));

onmessage = async ({ data: { number, route, body } }) => {
  const answered = (await started)(route, body);
  postMessage({ number, ...JSON.parse(answered) });
};
