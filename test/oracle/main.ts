import { parseArgs } from 'node:util';
import { readClosedForms } from './closed-forms.js';
import { judgeAll } from './judge-all.js';
import type { OracleCase } from './oracle-case.js';
import { judgeRows } from './judge-rows.js';
import { oracleCases } from './oracle-cases.js';
import { drawLine, resultLine } from './result-line.js';

/**
 * Judges every row of a reference file against the product's own request path. Exit code 1 when a row fails, 2 for a file that cannot be
 * read or has nothing to judge.
 */
async function main(): Promise<void> {
  const wanted = whatIsWanted();
  if (wanted === null) {
    process.exitCode = 2;
    return;
  }
  const { file, json, cases } = wanted;
  const say = json ? console.error : console.log;
  const verdicts = await judgeAll(file, cases, ({ results }) => {
    for (const result of results) say(resultLine(result));
  });
  const report = judgeRows(verdicts);
  for (const draw of report.draws) say(drawLine(draw));
  if (json) console.log(JSON.stringify(report, null, 2));
  else console.log(`${report.passed} passed, ${report.failed} failed`);
  process.exitCode = report.failed === 0 ? 0 : 1;
}

/** Reads the command line and the file it names, or says what is wrong with them. */
function whatIsWanted(): { file: string; json: boolean; cases: readonly OracleCase[] } | null {
  try {
    const { values } = parseArgs({
      options: {
        reference: {
          type: 'string',
          default: `${process.env.HINDCAST_DATA ?? '../shared/data'}/queueing/reference.json`,
        },
        json: { type: 'boolean', default: false },
      },
    });
    const cases = oracleCases(readClosedForms(values.reference));
    if (cases.length === 0) throw new TypeError(`${values.reference} has no rows that are judged`);
    return { file: values.reference, json: values.json, cases };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error('usage: npm run oracle [-- --reference FILE] [--json]');
    return null;
  }
}

await main();
