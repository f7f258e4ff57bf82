import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { acceptMarks } from './journal-marks.js';
import { type Expected, expectedOf, loadShipped, runGolden, scenarioFiles, scenarioName } from './golden-run.js';

/** `npm run golden:accept [-- NAME...]`: runs the shipped scenarios and writes what came of them into their `expected` blocks. */
const wanted = process.argv.slice(2);
for (const file of scenarioFiles()) {
  const name = scenarioName(file);
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const loaded = await loadShipped(file);
  if (typeof loaded === 'string') {
    process.stderr.write(`${name}: not accepted, ${loaded}\n`);
    continue;
  }
  const run = await runGolden(loaded);
  if (run.report.result.answer === null) {
    process.stderr.write(`${name}: not accepted, none of its answers is true of the run: mend them in ${file}\n`);
    process.exitCode = 1;
    continue;
  }
  writeFileSync(`${file}.new`, withExpected(readFileSync(file, 'utf8'), expectedOf(run.report)));
  renameSync(`${file}.new`, file);
  rmSync(`test/golden/${name}-changed.json`, { force: true });
  acceptMarks(name, run.lines);
  process.stderr.write(`${name}: accepted, ${run.report.result.journal.hash}\n`);
}

/** The text with its `expected` block, always the last, replaced; everything else stays as it was written. */
function withExpected(text: string, expected: Expected): string {
  const { requests } = expected;
  const kept = text.replace(/\n+expected:\n(?: .*\n?)*$/, '\n');
  return [
    `${kept.trimEnd()}\n`,
    'expected:',
    `  answer: ${JSON.stringify(expected.answer)}`,
    `  requests: { offered: ${requests.offered}, served: ${requests.served}, failed: ${requests.failed} }`,
    `  podHours: ${expected.podHours}`,
    `  costUsd: ${expected.costUsd}`,
    `  p99Ms: ${expected.p99Ms}`,
    `  violatedShare: ${expected.violatedShare}`,
    `  journal: ${expected.journal}`,
    '',
  ].join('\n');
}
