import type { MachineSection } from './machine-schema.js';
import { nodeOffers } from './node-offers.js';
import type { Scenario } from './scenario-schema.js';

/** The sections of a scenario that rent machines, in the order of the pools that they become: nodes, then groups of workloads. */
export function machineSections(
  scenario: Scenario,
): readonly Pick<MachineSection, 'type' | 'price' | 'cpuSpeed' | 'zone'>[] {
  const groups = Object.values(scenario.workloads).flatMap(({ group }) => (group === undefined ? [] : [group]));
  return [...nodeOffers(scenario), ...groups];
}
