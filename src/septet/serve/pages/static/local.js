// @ts-check
// The engine that asks a Python in this browser: one worker for what is typed, one for what takes longer.
import { Failure } from "./failure.js";

const SLOW = new Set(["advise", "compare", "report", "curl"]);

class Python {
  constructor() {
    /** @type {Map<number, {resolve: (value: any) => void, reject: (reason: any) => void}>} */
    this.waiting = new Map();
    this.number = 0;
    /** @type {Failure | null} */
    this.broken = null;
    this.worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }) => {
      if (data.broken) return this.breakOff(data.broken);
      const { resolve, reject } = this.waiting.get(data.number) ?? {};
      this.waiting.delete(data.number);
      if (data.refused) reject?.(new Failure(data.refused, false));
      else resolve?.(data.answer);
    };
    this.worker.onerror = (event) => this.breakOff(event.message);
  }

  /** @param {string} reason */
  breakOff(reason) {
    this.broken = new Failure({ type: "broken", detail: reason }, false);
    for (const { reject } of this.waiting.values()) reject(this.broken);
    this.waiting.clear();
  }

  /** @param {string} route @param {any} body @returns {Promise<any>} */
  ask(route, body) {
    if (this.broken) return Promise.reject(this.broken);
    const number = this.number++;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      this.worker.postMessage({ number, route, body: JSON.stringify(body) });
    });
  }
}

const quick = new Python();
/** @type {Python | null} */
let slow = null;

/** @param {string} route @param {any} body @param {AbortSignal} [signal] @returns {Promise<any>} */
export async function ask(route, body, signal) {
  if (!SLOW.has(route)) return quick.ask(route, body);
  // The page asks for these once it has an answer of the first, so that none keeps the other waiting.
  const answer = await (slow ??= new Python()).ask(route, body);
  if (signal?.aborted) throw new DOMException("", "AbortError");
  return answer;
}
