import { balancerWorlds } from './balancer-worlds.js';
import { compareJobs } from './compare-jobs.js';
import { jobWorlds } from './job-worlds.js';
import { commandedWorlds } from './commanded-worlds.js';
import { networkWorlds } from './network-worlds.js';
import { watchedNetworkWorlds } from './watched-network-worlds.js';
import { changingWorlds } from './changing-worlds.js';
import { crowdWorlds } from './crowd-worlds.js';
import { compareWorld, type PathWorld } from './path-world.js';
import { callWorlds, connectionWorlds, queueWorlds, stationWorlds } from './path-worlds.js';
import { resizingWorlds } from './resizing-worlds.js';
import { warmingWorlds } from './warming-worlds.js';

/** The naive queue looks at everything that waits, all the time. */
const MOST_JOBS = 20_000;

/**
 * Compares the product's request path with the naive simulator, request by request, at length: a million requests a world, or as many as
 * the first argument says; a second argument keeps only the worlds whose name contains it.
 */
function main(): void {
  const requests = Number(process.argv[2] ?? 1e6);
  const wanted = process.argv[3] ?? '';
  let failed = 0;
  const worlds: readonly PathWorld[] = [
    ...stationWorlds,
    ...queueWorlds,
    ...warmingWorlds,
    ...resizingWorlds,
    ...connectionWorlds,
    ...callWorlds,
    ...networkWorlds,
    ...watchedNetworkWorlds,
    ...balancerWorlds,
    ...changingWorlds,
    ...crowdWorlds,
    ...commandedWorlds,
    ...resizingWorlds,
  ];
  for (const world of worlds) {
    const { name } = world;
    if (!name.includes(wanted)) continue;
    const result = compareWorld(world, requests);
    const { served, rejected } = result.counts;
    console.log(
      `${name.padEnd(64)} ${String(result.requests).padStart(8)} requests, ${String(result.differing).padStart(3)} differ` +
        ` (${served} served, ${result.counts['timed out']} timed out, ${rejected} rejected, ${result.counts['gave up']} gave up,` +
        ` ${result.counts['call failed']} call failed, ${result.counts.error} errors, ${result.counts['circuit open']} circuit open,` +
        ` ${result.counts.shed} shed, ${result.counts['cut off']} cut off, ${result.counts.refused} refused, ${result.coincidences} coincidences;` +
        ` product ${result.productSeconds.toFixed(1)} s, naive ${result.naiveSeconds.toFixed(1)} s)`,
    );
    for (const example of result.examples) console.log(`  ${example}`);
    if (result.differing > 0) failed += 1;
  }
  for (const world of jobWorlds) {
    if (!world.name.includes(wanted)) continue;
    const { jobs, differing, examples, counts, naive } = compareJobs(world, Math.min(requests, MOST_JOBS));
    console.log(
      `${world.name.padEnd(64)} ${String(jobs).padStart(8)} jobs, ${String(differing).padStart(7)} differ` +
        ` (${counts.done} done, ${counts.dead} dead, ${counts.expired} expired, ${counts.refused} refused,` +
        ` ${naive.redelivered} redelivered, ${naive.duplicates} done again, ${naive.coincidences} coincidences)`,
    );
    for (const example of examples) console.log(`  ${example}`);
    if (differing > 0) failed += 1;
  }
  console.log(failed === 0 ? 'all equal' : `${failed} worlds differ`);
  process.exitCode = failed === 0 ? 0 : 1;
}

main();
