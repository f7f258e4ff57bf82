import type { CpuQuota } from '../../../src/domain/world-spec.js';
import { CpuSupply } from '../../../src/sim/requests/cpu-supply.js';
import { noCpuTally } from '../../../src/sim/requests/cpu-tally.js';
import { SharingStation } from '../../../src/sim/requests/sharing-station.js';
import { StationBoard } from '../../../src/sim/requests/station-board.js';
import { CPU, ENDS, Visits, WAIT } from '../../../src/sim/requests/visits.js';
import { noWork } from '../../../src/sim/requests/work-sums.js';

/** A request for a station alone. */
export interface Arrival {
  readonly at: number;
  readonly cpu: number;
}

/** When each request is done, in the order of the arrivals, and CPU time used by then. */
export interface Outcome {
  readonly ends: readonly number[];
  readonly cpuMicros: number;
}

/** Serves some requests, in order of time, at a station whose requests share its cores. */
export function serveSharing(
  arrivals: readonly Arrival[],
  cores: number,
  quota?: CpuQuota,
  tally = noCpuTally(),
): Outcome {
  const board = new StationBoard();
  const visits = new Visits();
  const ends = arrivals.map(() => NaN);
  const handles: number[] = [];
  const completed = (visit: number): boolean => {
    ends[handles.indexOf(visit)] = visits.reals[visit + ENDS];
    return false;
  };
  const context = { board, visits, work: noWork(), sink: { completed } };
  const station = new SharingStation(
    { concurrency: Infinity, queueLimit: 0 },
    new CpuSupply(cores, quota, tally),
    context,
  );
  for (const { at, cpu } of arrivals) {
    board.clock[0] = at;
    station.settle();
    const visit = visits.take();
    handles.push(visit);
    visits.reals[visit + CPU] = cpu;
    visits.reals[visit + WAIT] = 0;
    station.offer(visit);
  }
  while (board.nextAt[station.index] < Infinity) {
    board.clock[0] = board.nextAt[station.index];
    station.settle();
  }
  return { ends, cpuMicros: station.cpuMicros() };
}
