import { type Expander, type ExpansionOption, leastBy } from './expansion-option.js';

/** The options that would leave the least share of the new nodes' CPU plus share of their memory unrequested. */
export const leastWaste: Expander = (options) => leastBy(options, waste);

/** The share of CPU plus the share of memory that an option leaves over, 0 to 2. */
export function waste({ node, nodeCount, pods }: ExpansionOption): number {
  const cpu = pods.reduce((sum, { requirements }) => sum + requirements.cpuMillis, 0);
  const memory = pods.reduce((sum, { requirements }) => sum + requirements.memoryMiB, 0);
  return over(node.cpuMillis * nodeCount, cpu) + over(node.memoryMiB * nodeCount, memory);
}

function over(there: number, requested: number): number {
  return (there - requested) / there;
}
