// @ts-check
// The engine that asks the server which the page came from.
import { by, say } from "./dom.js";
import { Failure } from "./failure.js";

// Kept until the page is closed, and nowhere else.
let token = "";
/** @type {Promise<void> | null} */
let asking = null;

/** @param {string} route @param {any} body @param {AbortSignal} [signal] @returns {Promise<any>} */
export async function ask(route, body, signal) {
  const used = token;
  let response;
  try {
    response = await fetch("v1/" + route, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", ...(token && { Authorization: "Bearer " + token }) },
      credentials: "omit",
      signal,
    });
    if (response.ok) return await response.json();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Failure(null, true);
  }
  if (response.status === 401) {
    if (used === token) await (asking ??= askToken(used !== "").finally(() => (asking = null)));
    return ask(route, body, signal);
  }
  const details = await response.json().catch(() => null);
  // What is overloaded, or behind a proxy that finds it no more, answers later.
  const later = [408, 429, 502, 503, 504].includes(response.status);
  throw new Failure(details ?? { detail: String(response.status) }, later, Number(response.headers.get("Retry-After")));
}

/** @param {boolean} wrong @returns {Promise<void>} */
function askToken(wrong) {
  const dialog = by("token-dialog");
  by("token-wrong").hidden = !wrong;
  by("token-wrong").textContent = say("token_wrong");
  by("token").value = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      token = by("token").value.trim();
      resolve();
    }, { once: true });
  });
}
