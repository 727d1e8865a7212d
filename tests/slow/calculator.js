// Asks the npm package sms-segments-calculator, which `make test-peers` installs under benches/.
//
// Reads {"texts": [...], "smart": true|false} from standard input; writes for each text its
// encoding, its segments, its clusters (in UTF-16 code units) and the bits of its fullest segment.

"use strict";

const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const peer = join(__dirname, "..", "..", "benches", "node_modules", "sms-segments-calculator");
const { SegmentedMessage } = require(peer);

const { texts, smart } = JSON.parse(readFileSync(0, "utf8"));
const answers = texts.map((text) => {
  const found = new SegmentedMessage(text, "auto", smart);
  return [
    found.encodingName === "GSM-7" ? "gsm7" : "ucs2",
    found.segmentsCount,
    found.graphemes.map((grapheme) => grapheme.length),
    Math.max(...found.segments.map((segment) => segment.sizeInBits())),
  ];
});
process.stdout.write(JSON.stringify(answers));
