import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Verdict } from './judge-case.js';
import type { OracleCase } from './oracle-case.js';

/** Two at a time: small machines have two cores. */
const WORKERS = 2;

/**
 * Judges the cases of a reference file in processes of their own, the longest first, each in whichever is free; the answer is in the order
 * of the file. `finished` is told of each as it is judged.
 */
export async function judgeAll(
  file: string,
  cases: readonly OracleCase[],
  finished: (verdict: Verdict) => void,
): Promise<Verdict[]> {
  const agenda = cases.map((_, index) => index).sort((a, b) => cases[b].requests - cases[a].requests);
  const verdicts = new Map<number, Verdict>();
  await Promise.all(
    Array.from({ length: Math.min(WORKERS, cases.length) }, async () => {
      const worker = startWorker(file);
      for (let index = agenda.shift(); index !== undefined; index = agenda.shift()) {
        const verdict = await worker.judge(index);
        verdicts.set(index, verdict);
        finished(verdict);
      }
      worker.end();
    }),
  );
  return [...verdicts].sort(([a], [b]) => a - b).map(([, verdict]) => verdict);
}

function startWorker(file: string): { judge: (index: number) => Promise<Verdict>; end: () => void } {
  const worker = fork(fileURLToPath(new URL('oracle-worker.ts', import.meta.url)), [file], {
    execArgv: ['--import', 'tsx'],
  });
  return {
    judge: (index) =>
      new Promise<Verdict>((resolve, reject) => {
        const ended = (code: number | null): void =>
          reject(new Error(`a worker ended with code ${code ?? 'none'} at case ${index}`));
        worker.once('exit', ended);
        worker.once('message', (message) => {
          worker.off('exit', ended);
          resolve(message as Verdict);
        });
        worker.send(index);
      }),
    end: () => worker.disconnect(),
  };
}
