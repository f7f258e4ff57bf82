import { cpuWeight } from '../../domain/cpu-weight.js';
import { Bug } from '../../domain/errors.js';
import type { NoisyNeighbour } from '../../domain/fault-spec.js';
import type { KeyedRandom } from '../../kernel/random.js';
import type { LoadPort } from '../data-plane.js';
import { chooseVictims } from './choose-victims.js';
import { during, type FaultTargets } from './fault-targets.js';

/** Puts a neighbour on some of the nodes that are there when the fault begins. */
export function noisyNeighbour(targets: FaultTargets, fault: NoisyNeighbour, random: KeyedRandom): void {
  const { nodes } = targets.cluster;
  let loads: LoadPort[] = [];
  during(targets, fault, (by) => {
    if (by === 1) {
      const live = nodes.filter((node) => node.alive);
      loads = chooseVictims(live, fault.nodes, random, (node) => nodes.indexOf(node)).map(({ cpu, name }) => {
        if (cpu === null) throw new Bug(`pods on ${name} must share its cores where there are neighbours`);
        return cpu.load(cpuWeight(fault.cpuRequestMillis));
      });
    }
    for (const load of loads) load.use(by === 1 ? fault.cores : 0);
  });
}
