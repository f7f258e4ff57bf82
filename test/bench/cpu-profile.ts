import { Session } from 'node:inspector';
import { basename } from 'node:path';
import type { ProfileLine } from './bench-result.js';

/** Runs something under the sampling profiler and returns the functions that had most of the CPU to themselves. */
export function profiled(run: () => void, lines: number): ProfileLine[] {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.start');
  run();
  const shares: ProfileLine[] = [];
  session.post('Profiler.stop', (error, { profile }) => {
    if (error !== null) throw error;
    const hits = new Map<string, number>();
    for (const { callFrame, hitCount } of profile.nodes) {
      const name = callFrame.functionName === '' ? '(anonymous)' : callFrame.functionName;
      const at = callFrame.url === '' ? name : `${name} ${basename(callFrame.url)}`;
      hits.set(at, (hits.get(at) ?? 0) + (hitCount ?? 0));
    }
    const all = [...hits.values()].reduce((sum, count) => sum + count, 0);
    for (const [at, count] of hits) shares.push({ share: count / all, at });
  });
  session.disconnect();
  return shares.sort((a, b) => b.share - a.share).slice(0, lines);
}
