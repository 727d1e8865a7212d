// Asks the npm package sms-segments-calculator, which `make test-peers` installs under benches/.
//
// Reads {"texts": [...], "encoding": "auto"|"GSM-7"|"UCS-2", "smart": true|false} from standard input; writes
// for each text its encoding, its segments, its clusters (in UTF-16 code units) and the bits of its fullest
// segment; null where it refuses the text.

"use strict";

const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const peer = join(__dirname, "..", "..", "benches", "node_modules", "sms-segments-calculator");
const { SegmentedMessage } = require(peer);

const { texts, encoding, smart } = JSON.parse(readFileSync(0, "utf8"));
const answers = texts.map((text) => {
  let found;
  try {
    found = new SegmentedMessage(text, encoding, smart);
  } catch {
    return null;
  }
  return [
    found.encodingName === "GSM-7" ? "gsm7" : "ucs2",
    found.segmentsCount,
    found.graphemes.map((grapheme) => grapheme.length),
    Math.max(...found.segments.map((segment) => segment.sizeInBits())),
  ];
});
process.stdout.write(JSON.stringify(answers));
