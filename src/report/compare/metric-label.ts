/** Names of the numbers that comparisons show, by their path in the result. */
const LABELS: Readonly<Record<string, string>> = {
  'slo.violatedShare': 'Failed or too slow',
  'slo.errorBudgetUsed': 'Error budget used',
  'slo.apdex': 'Apdex',
  'latencyMs.mean': 'Latency mean',
  'latencyMs.p50': 'Latency p50',
  'latencyMs.p95': 'Latency p95',
  'latencyMs.p99': 'Latency p99',
  'latencyMs.p999': 'Latency p99.9',
  'requests.offered': 'Requests offered',
  'requests.served': 'Requests served',
  'requests.failed': 'Requests failed',
  'requests.timedOut': 'Requests timed out',
  'requests.rejected': 'Requests rejected',
  'attempts.amplification': 'Attempts a request',
  'availability.lostToScaling.total': 'Requests lost to scaling',
  'availability.slowedByCold': 'Requests slowed by cold pods',
  'cost.total': 'Cost',
  'cost.perMillionRequests': 'Cost per million requests',
  'pods.hours': 'Pod-hours',
  'pods.mean': 'Pods, mean',
  'pods.max': 'Pods, most',
  'nodes.hours': 'Node-hours',
  'nodes.max': 'Nodes, most',
  'scaling.ups': 'Scaled up',
  'scaling.downs': 'Scaled down',
  'scaling.reversals': 'Reversals',
  'scaling.responseSeconds.p95': 'Shortage until covered, p95',
  'scaling.engineDelaySeconds.p95': 'Of which the engine, p95',
  'elasticity.thetaU': 'Pods too few',
  'elasticity.thetaO': 'Pods too many',
  'elasticity.tauU': 'Time with too few pods',
  'elasticity.tauO': 'Time with too many pods',
  'elasticity.instability': 'Pods did not move with demand',
};

const PARTS: Readonly<Record<string, string>> = {
  'pods.mean': 'pods, mean',
  'pods.max': 'pods, most',
  cpuUtilisation: 'CPU of request',
  failed: 'failed',
  peakUtilisation: 'busy, worst 5 min',
  peakWaitMs: 'wait, worst 5 min',
  'slo.violatedShare': 'jobs lost or late',
  'oldestAgeSeconds.p95': 'oldest job, p95',
  'oldestAgeSeconds.max': 'oldest job, worst',
  'latencyMs.p99': 'job latency p99',
  waitingAtEnd: 'jobs waiting at the end',
  redelivered: 'jobs redelivered',
  duplicates: 'jobs done again',
  dead: 'jobs dead',
};

/** What a number of a result is called in a table; its path where it has no name. */
export function metricLabel(name: string): string {
  if (Object.hasOwn(LABELS, name)) return LABELS[name];
  const [, entity, ...rest] = name.split('.');
  const part = rest.join('.');
  return Object.hasOwn(PARTS, part) ? `${entity}: ${PARTS[part]}` : name;
}
