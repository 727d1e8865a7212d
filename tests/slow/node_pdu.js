// A coder of PDUs of another make (npm: node-pdu). One line of JSON in, one out: {"parse": HEX} gives the
// kind, the number and the text; {"submit": TEXT, "to": NUMBER} the PDUs that it writes.
"use strict";

const readline = require("node:readline");
const { Deliver, Report, Submit, parse } = require("node-pdu");

function answer(asked) {
  if (asked.parse !== undefined) {
    const found = parse(asked.parse);
    const kind = found instanceof Deliver ? "deliver" : found instanceof Submit ? "submit" : "status-report";
    const address = found.address.phone;
    if (found instanceof Report) return { kind, address };
    return { kind, address, text: found.data.getText() };
  }
  const submit = new Submit(asked.to, asked.submit);
  return { pdus: submit.getPartStrings() };
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  let found;
  try {
    found = answer(JSON.parse(line));
  } catch (error) {
    found = { error: String(error) };
  }
  process.stdout.write(JSON.stringify(found) + "\n");
});
