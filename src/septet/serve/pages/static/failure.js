// @ts-check
// What went wrong, in the page's own words.
import { by, say } from "./dom.js";

// The control of each option that may be refused.
const CONTROLS = {
  profile: "profile", encoding: "asked", optout: "optout", optout_text: "mention", max_segments: "most",
  truncate: "truncate", country: "country", language: "tables", price: "price", recipients_count: "recipients",
  currency: "currency", sender: "sender", recipients: "numbers", text: "text", template: "text", fields: "template",
};

export class Failure extends Error {
  /** @param {any} details problem details (RFC 9457), or null where no one answered
   * @param {boolean} away whether it may answer later @param {number} wait seconds to wait at least */
  constructor(details, away, wait = 0) {
    super(details?.type ?? "away");
    this.details = details;
    this.away = away;
    this.wait = wait;
  }

  /** What is said of it. */
  get words() {
    if (!this.details) return say("away");
    const { type, detail, limit, errors } = this.details;
    if (type?.endsWith(":too-long")) return say("too_long", { number: limit });
    const name = errors?.[0]?.pointer.split("/")[1] ?? "";
    const control = by(CONTROLS[/** @type {keyof typeof CONTROLS} */ (name)]);
    const label = control?.labels?.[0] ?? control?.querySelector("legend, h2");
    return label ? say("not_taken", { option: label.textContent }) : say("failed", { reason: detail });
  }
}
