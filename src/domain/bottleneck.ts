/** What held the service back when it was at its worst. */
export interface Bottleneck {
  readonly kind:
    | 'none'
    | 'pods'
    | 'nodes'
    | 'dependency'
    | 'network'
    | 'quota'
    | 'budget'
    | 'imagePulls'
    | 'crashLoops'
    | 'controlPlane'
    | 'cpuLimit'
    | 'nodeCpu'
    | 'garbageCollection'
    | 'balancer'
    | 'metricLag'
    | 'scalingRules'
    | 'maxReplicas'
    | 'workers'
    | 'restarts'
    | 'leavingPods'
    | 'fault';
  /** Workload, dependency, or the ends of a disturbed way; empty for none. */
  readonly name: string;
  /** One sentence with the numbers. */
  readonly why: string;
}
