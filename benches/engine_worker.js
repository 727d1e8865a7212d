// One engine of Node.js in a process of its own: answers and times what `engines.py` asks for.
//
// Run as `node engine_worker.js NAME`; requests and answers are lines of JSON. A peer is called by
// the quickest of its functions that tells both the encoding and the number of segments, and only
// that call is timed.

"use strict";

const { existsSync, readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { createInterface } = require("node:readline");

const ENGINES = {
  "split-sms": (library) => ({
    call: (text) => library.split(text, { summary: true }),
    read: (found) => [found.characterSet === "GSM" ? "gsm7" : "ucs2", found.parts.length],
  }),
  "@trt2/gsm-charset-utils": (library) => ({
    call: (text) => library.getCharCount(text),
    read: (found) => [found.encoding === "GSM" ? "gsm7" : "ucs2", found.msgCount],
  }),
  "sms-segments-calculator": (library) => ({
    call: (text) => new library.SegmentedMessage(text),
    read: (found) => [found.encodingName === "GSM-7" ? "gsm7" : "ucs2", found.segmentsCount],
  }),
};

const say = (answer) => process.stdout.write(JSON.stringify(answer) + "\n");

// The version is in the package.json nearest above the file that `require` finds.
function versionOf(name) {
  for (let folder = dirname(require.resolve(name)); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")).version;
  }
  return "unknown";
}

// What was answered last, so that no call can be optimised away.
let last;

function timed(call, texts, passes) {
  const start = process.hrtime.bigint();
  for (let pass = 0; pass < passes; pass++) {
    for (let place = 0; place < texts.length; place++) last = call(texts[place]);
  }
  return Number(process.hrtime.bigint() - start);
}

function sampler(call, texts) {
  let passes = 0;
  return (seconds) => {
    if (!passes) {
      // The compiler of Node.js takes its time: let it see the texts for a good while first.
      let taken = 0;
      for (let spent = 0; spent < 2e8 || taken < seconds * 2.5e8; spent += taken) {
        passes = Math.max(1, passes * 2);
        taken = timed(call, texts, passes);
      }
      passes = Math.max(1, Math.round((passes * seconds * 1e9) / taken));
    }
    return timed(call, texts, passes) / passes / texts.length;
  };
}

const name = process.argv[2];
let engine;
try {
  engine = ENGINES[name](require(name));
} catch (error) {
  if (error.code !== "MODULE_NOT_FOUND") throw error;
  say({ missing: `No package ${name}` });
  process.exit();
}
say({ version: versionOf(name) });

const loops = {};
createInterface({ input: process.stdin }).on("line", (line) => {
  const request = JSON.parse(line);
  if (request.do === "answer") {
    say(request.texts.map((text) => engine.read(engine.call(text))));
  } else if (request.do === "load") {
    loops[request.name] = sampler(engine.call, request.texts);
    say(null);
  } else {
    say(loops[request.name](request.seconds));
  }
});
