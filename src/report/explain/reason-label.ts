/** Reasons of decisions in the words of the person on call. */
const LABELS: Readonly<Record<string, string>> = {
  'scaled-up': 'the metrics asked for more',
  'scaled-down': 'the metrics asked for less',
  'within-tolerance': 'close enough to the target',
  tolerance: 'close enough to the target',
  'no-valid-metric': 'no metric was valid',
  stabilized: 'a stabilization window held it',
  stabilization: 'a stabilization window held it',
  'rate-policy': 'a rate policy limited the step',
  'rate-limited': 'a rate policy limited the step',
  'scaling-disabled': 'scaling is switched off at zero pods',
  'no-metrics-yet': 'no metric had arrived yet',
  'stale-metrics': 'the metrics were too old',
  'at-desired': 'the metrics asked for what was there',
  unchanged: 'the metrics asked for what was there',
  steady: 'the metrics asked for what was there',
  'at-minimum': 'the minimum bound it',
  'at-maximum': 'the maximum bound it',
  fixed: 'the number is fixed',
  scheduled: 'the schedule says so',
  'pending-pods': 'pods fit on no node',
  'empty-nodes': 'nodes had been empty for long',
  'pods-too-large': 'the pods that wait are too large for such a node',
  held: 'it held',
  'stage-failed': 'a stage failed, so it held',
  'replicas-unknown': 'nobody had said how many there should be',
  min: 'the minimum bound it',
  max: 'the maximum bound it',
  quota: 'the quota bound it',
  budget: 'the budget bound it',
  capacity: 'the nodes were full',
  forecast: 'the forecast moved it',
  schedule: 'the schedule moved it',
  stale: 'the data was too old',
};

/** What a reason means, or its own word with spaces where it is not one of ours. */
export function reasonLabel(reason: string): string {
  return Object.hasOwn(LABELS, reason) ? LABELS[reason] : reason.replace(/-/g, ' ');
}
