// The peers of Node.js, as the conformance suite asks them: `node node_peers.js split-sms`.
//
// They are looked for in benches/node_modules, where `make bench` installs them.

"use strict";

const { join } = require("node:path");
const { createInterface } = require("node:readline");

const MODULES = join(__dirname, "..", "..", "benches", "node_modules");

// The places, in code points, where parts end that are put one behind the other.
function ends(parts) {
  let place = 0;
  return parts.map((part) => (place += [...part].length));
}

const PEERS = {
  "split-sms": (library, text, encoding) => {
    const found = library.split(text, encoding ? { characterset: "Unicode" } : {});
    return {
      encoding: found.characterSet === "GSM" ? "gsm7" : "ucs2",
      segments: found.parts.length,
      ends: ends(found.parts.map((part) => part.content)),
    };
  },
  "@trt2/gsm-charset-utils": (library, text, encoding) => {
    if (encoding) return { cannot: "no encoding can be asked for" };
    const found = library.getCharCount(text);
    return { encoding: found.encoding === "GSM" ? "gsm7" : "ucs2", segments: found.msgCount };
  },
  "sms-segments-calculator": (library, text, encoding) => {
    const found = new library.SegmentedMessage(text, encoding ? "UCS-2" : "auto");
    // A segment begins with the octets of its header, which are no text.
    const shown = (segment) => Array.from(segment, (unit) => unit.raw ?? "");
    return {
      encoding: found.encodingName === "GSM-7" ? "gsm7" : "ucs2",
      segments: found.segmentsCount,
      ends: ends(found.segments.map((segment) => shown(segment).join(""))),
    };
  },
};

const name = process.argv[2];
const library = require(join(MODULES, name));

createInterface({ input: process.stdin }).on("line", (line) => {
  const { text, ask } = JSON.parse(line);
  const further = Object.keys(ask).filter((key) => key !== "encoding");
  let answer;
  if (further.length) {
    answer = { cannot: `${further} are not offered` };
  } else {
    try {
      answer = PEERS[name](library, text, ask.encoding);
    } catch (error) {
      answer = { segments: -1, error: String(error) };
    }
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
});
