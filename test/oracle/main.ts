import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readClosedForms } from './closed-forms.js';
import type { OracleResult } from './judge-case.js';
import { oracleCases } from './oracle-cases.js';
import { resultLine } from './result-line.js';

interface Judged {
  readonly index: number;
  readonly results: readonly OracleResult[];
}

/** Two at a time: small machines have two cores. */
const WORKERS = 2;

/** Judges every row of a reference file against the product's own request path. Exit code 1 when a row fails, 2 for a file that is not there. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      reference: {
        type: 'string',
        default: `${process.env.HINDCAST_DATA ?? '../shared/data'}/queueing/reference.json`,
      },
      json: { type: 'boolean', default: false },
    },
  });
  if (!existsSync(values.reference)) {
    console.error(`no reference file at ${values.reference}; name one with --reference FILE`);
    process.exitCode = 2;
    return;
  }
  const judged = await judgeAll(values.reference, (results) => {
    if (!values.json) for (const result of results) console.log(resultLine(result));
  });
  const rows = judged.sort((a, b) => a.index - b.index).flatMap(({ results }) => results);
  const passed = rows.filter(({ pass }) => pass).length;
  const failed = rows.length - passed;
  if (values.json) console.log(JSON.stringify({ rows, passed, failed }, null, 2));
  else console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** The longest cases first, each to whichever worker is free. */
async function judgeAll(file: string, finished: (results: readonly OracleResult[]) => void): Promise<Judged[]> {
  const cases = oracleCases(readClosedForms(file));
  const agenda = cases.map((_, index) => index).sort((a, b) => cases[b].requests - cases[a].requests);
  const judged: Judged[] = [];
  await Promise.all(
    Array.from({ length: WORKERS }, async () => {
      const worker = fork(fileURLToPath(new URL('oracle-worker.ts', import.meta.url)), [file], {
        execArgv: ['--import', 'tsx'],
      });
      for (let index = agenda.shift(); index !== undefined; index = agenda.shift()) {
        const wanted = index;
        const answer = await new Promise<Judged>((resolve, reject) => {
          worker.once('message', (message) => resolve(message as Judged));
          worker.once('exit', (code) =>
            reject(new Error(`a worker ended with code ${code ?? 'none'} at case ${wanted}`)),
          );
          worker.send(wanted);
        });
        worker.removeAllListeners('exit');
        judged.push(answer);
        finished(answer.results);
      }
      worker.disconnect();
    }),
  );
  return judged;
}

await main();
