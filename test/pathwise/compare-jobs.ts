import type { QueueTotals } from '../../src/domain/queue-totals.js';
import { micros } from '../../src/kernel/micros.js';
import { Streams } from '../../src/kernel/streams.js';
import type { ProcessPort } from '../../src/sim/data-plane.js';
import { createExactPlane } from '../../src/sim/requests/create-exact-plane.js';
import { OUTCOME } from '../../src/sim/requests/outcome.js';
import type { JobWorld } from './job-worlds.js';
import { type JobEnd, NaiveQueue, type PodEvent } from './naive-queue.js';

/** What two simulators made of the same queue. */
export interface JobComparison {
  readonly jobs: number;
  readonly counts: Readonly<Record<JobEnd[0], number>>;
  readonly differing: number;
  /** The first few differing jobs, in words. */
  readonly examples: readonly string[];
  readonly product: QueueTotals;
  readonly naive: Pick<NaiveQueue, 'redelivered' | 'duplicates' | 'deadLettered' | 'coincidences'>;
}

const ENDS: ReadonlyMap<number, JobEnd[0]> = new Map([
  [OUTCOME.served, 'done'],
  [OUTCOME.deadLettered, 'dead'],
  [OUTCOME.expired, 'expired'],
  [OUTCOME.rejected, 'refused'],
]);

/** Runs the product's request path and the naive queue through one world, and compares the end of every job, to the microsecond. */
export function compareJobs({ make }: JobWorld, jobs: number): JobComparison {
  const { world, script } = make(jobs);
  const ours: JobEnd[] = [];
  const observer = (_hop: number, ordinal: number, outcome: number, at: number): void => {
    if (ours[ordinal] !== undefined) throw new RangeError(`job ${ordinal} ended twice`);
    ours[ordinal] = [ENDS.get(outcome)!, at];
  };
  const plane = createExactPlane(world, new Streams(world.seed), { observer });
  const port = plane.workload('worker');
  const opened = new Map<number, ProcessPort>();
  const act = ({ pod, what }: PodEvent): void => {
    if (what === 'opens') {
      const process = port.open(pod, { speed: 1 });
      opened.set(pod, process);
      process.listen(true);
    } else if (what === 'stops') opened.get(pod)!.listen(false);
    else opened.get(pod)!.cut('scaling');
  };
  const naive = new NaiveQueue(world);
  let from = 0;
  for (const event of [...script].sort((a, b) => a.at - b.at)) {
    plane.advance(micros(from), micros(event.at));
    act(event);
    naive.run(event.at);
    naive.happens(event);
    from = event.at;
  }
  plane.advance(micros(from), world.durationMicros);
  plane.closeStep(world.durationMicros);
  naive.run(world.durationMicros);
  return { ...difference(ours, naive.ends), product: plane.queues().jobs, naive };
}

function difference(ours: readonly JobEnd[], theirs: readonly JobEnd[]) {
  const counts: Record<JobEnd[0], number> = { done: 0, dead: 0, expired: 0, refused: 0 };
  const examples: string[] = [];
  const jobs = Math.max(ours.length, theirs.length);
  let differing = 0;
  for (let k = 0; k < jobs; k += 1) {
    const [one, other] = [ours.at(k), theirs.at(k)];
    if (other !== undefined) counts[other[0]] += 1;
    if (one !== undefined && other !== undefined && one[0] === other[0] && one[1] === other[1]) continue;
    differing += 1;
    if (examples.length < 5) examples.push(`${k}: product ${one?.join(' at ')}, naive ${other?.join(' at ')}`);
  }
  return { jobs, counts, differing, examples };
}
