import { CpuSupply } from '../../../src/sim/requests/cpu-supply.js';
import { noCpuTally } from '../../../src/sim/requests/cpu-tally.js';
import { NodeCpu } from '../../../src/sim/requests/node-cpu.js';
import { NodeStation } from '../../../src/sim/requests/node-station.js';
import { StationBoard } from '../../../src/sim/requests/station-board.js';
import { CPU, ENDS, Visits, WAIT } from '../../../src/sim/requests/visits.js';
import { noWork } from '../../../src/sim/requests/work-sums.js';
import type { NodeWorld } from './node-world.js';

/** What came of a node's pods. */
export interface NodeOutcome {
  /** When each request of each pod was done. */
  readonly ends: readonly (readonly number[])[];
  /** CPU time that each pod has used, and each neighbour. */
  readonly cpuMicros: readonly number[];
  readonly neighbourMicros: readonly number[];
}

/** What each may use between two instants at which something changed, as rates in cores. */
export type Watch = (from: number, to: number, used: readonly number[]) => void;

/** Runs the product's stations on one node, event by event; `watch` sees what each pod used between two events. */
export function serveNode(world: NodeWorld, watch?: Watch): NodeOutcome {
  const board = new StationBoard();
  board.clock[0] = 0;
  const visits = new Visits();
  const node = new NodeCpu(world.cores, board);
  const owner = new Map<number, { readonly pod: number; readonly request: number }>();
  const ends = world.pods.map(({ arrivals }) => arrivals.map(() => NaN));
  const sink = {
    completed: (visit: number): boolean => {
      const { pod, request } = owner.get(visit)!;
      ends[pod][request] = visits.reals[visit + ENDS];
      return false;
    },
  };
  const stations = world.pods.map(({ weight, cores, quota }) => {
    const tally = noCpuTally();
    return new NodeStation(
      { concurrency: Infinity, queueLimit: 0 },
      new CpuSupply(cores, quota, tally),
      { board, visits, work: noWork(), sink },
      { node, weight, tally, stationChanged: () => undefined },
    );
  });
  const loads = world.neighbours.map(({ weight }) => node.load(weight));
  const offer = (pod: number, request: number): void => {
    const visit = visits.take();
    owner.set(visit, { pod, request });
    visits.reals[visit + CPU] = world.pods[pod].arrivals[request].cpu;
    visits.reals[visit + WAIT] = 0;
    stations[pod].offer(visit);
  };
  const agenda = [
    ...world.pods.flatMap(({ arrivals }, pod) =>
      arrivals.map(({ at }, request) => ({ at, act: () => offer(pod, request) })),
    ),
    ...world.neighbours.flatMap(({ cores, from, to }, i) => [
      { at: from, act: () => loads[i].use(cores) },
      { at: to, act: () => loads[i].use(0) },
    ]),
  ].sort((a, b) => a.at - b.at);
  let before = used(stations, loads);
  for (;;) {
    const from = board.now;
    const next = Math.min(...stations.map(({ index }) => board.nextAt[index]));
    const due = agenda.at(0)?.at ?? Infinity;
    if (Math.min(next, due) === Infinity) break;
    board.clock[0] = Math.min(next, due);
    if (watch !== undefined) {
      const after = used(stations, loads);
      watch(
        from,
        board.now,
        after.map((value, i) => value - before[i]),
      );
      before = after;
    }
    if (next <= due) stations.find(({ index }) => board.nextAt[index] === next)?.settle();
    else agenda.shift()?.act();
  }
  return {
    ends,
    cpuMicros: stations.map((station) => station.cpuMicros()),
    neighbourMicros: loads.map((load) => load.usedMicros()),
  };
}

function used(stations: readonly NodeStation[], loads: readonly { usedMicros(): number }[]): number[] {
  return [...stations.map((station) => station.cpuMicros()), ...loads.map((load) => load.usedMicros())];
}
