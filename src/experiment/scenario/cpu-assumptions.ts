import type { WorldSpec } from '../../domain/world-spec.js';
import { formatDuration } from './format-duration.js';

/** What a run takes for granted about the CPU of nodes, of starting up and of warming up. */
export function cpuAssumptions({ cluster, nodePools, workloads }: WorldSpec): readonly string[] {
  return [
    ...(nodePools.length === 0 ? [] : [ofNodes(cluster.sharesCpu === true)]),
    ...workloads.flatMap(({ name, pod: { startUpCores, warmUp } }) => [
      ...(startUpCores === undefined
        ? []
        : [
            cluster.sharesCpu === true
              ? `A container of ${name} uses ${startUpCores} cores until it listens, which takes longer where the node does not give them.`
              : `A container of ${name} uses ${startUpCores} cores until it listens.`,
          ]),
      ...(warmUp === undefined
        ? []
        : [
            `A request takes ${warmUp.factor} times its CPU at a new pod of ${name}; the surplus falls by 63% in every ${
              warmUp.requests === undefined
                ? formatDuration(warmUp.timeMicros)
                : `${warmUp.requests} requests taken on board`
            }. Initial pods are warm.`,
          ]),
    ]),
  ];
}

function ofNodes(shared: boolean): string {
  return shared
    ? 'On a full node cores are divided by cpu.weight at every instant, without groups by quality of service, migrations or cache effects; system daemons use nothing.'
    : 'A pod scheduled on a node gets the CPU it needs there; neighbours do not slow it down.';
}
