// @ts-check
// What can be taken along: a link, the page, the figures, the text.
import { by, data, say } from "./dom.js";
import { filled, fragment, options, paid } from "./asked.js";

const LONGEST_LINK = 2000;

/** @type {any} */
let answer = null;

/** The newest answer is there. @param {any} newest */
export function ready(newest) {
  answer = newest;
}

/** @param {string} words */
function tell(words) {
  by("along-note").hidden = false;
  by("along-note").textContent = words;
  by("status").textContent = words;
}

/** @param {string} text @param {string} further */
async function copy(text, further = "") {
  try {
    await navigator.clipboard.writeText(text);
    tell([say("copied"), further].filter(Boolean).join(" "));
  } catch {
    tell([say("not_copied"), further].filter(Boolean).join(" "));
  }
}

/** @param {string} name @param {string} type @param {string} content */
function save(name, type, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const ask = async (/** @type {string} */ route, /** @type {any} */ body) => {
  const engine = document.documentElement.dataset.engine === "worker" ? await import("./local.js") : await import("./server.js");
  return engine.ask(route, body);
};

/** @param {() => Promise<any>} act */
const trying = (act) => async () => {
  try {
    await act();
  } catch (/** @type {any} */ failure) {
    tell(failure.words ?? String(failure));
  }
};

by("share").addEventListener("click", trying(async () => {
  history.replaceState(null, "", "#" + fragment());
  const { length } = location.href;
  await copy(location.href, length > LONGEST_LINK ? say("link_long", { number: length }) : "");
}));
by("save-page").addEventListener("click", trying(async () => {
  const { html } = await ask("report", { ...options(), text: filled(), price: paid().price, lang: data.lang });
  save("septet.html", "text/html", html);
}));
by("save-json").addEventListener("click", trying(async () => {
  const { plan } = await ask("plan", { ...options(), text: filled(), lang: data.lang });
  save("septet.json", "application/json", JSON.stringify(plan, null, 2) + "\n");
}));
by("copy-text").addEventListener("click", trying(() =>
  copy(answer.drawing.segments.flatMap((/** @type {any} */ segment) => segment.runs.map((/** @type {any} */ run) => run.text)).join(""))));
by("copy-curl").addEventListener("click", trying(() => copy(by("curl").textContent)));
