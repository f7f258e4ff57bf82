/** Sentences of the rules of forecasts, of AWS' policies, of policies made of several, and of what holds replicas for requests; see `ruleTemplates`. */
export const policyTemplates = {
  'lead-time': {
    changed: '',
    kept: 'a pod asked for now would be ready in {totalSeconds}[ (data {metricsSeconds} old, a tick every {periodSeconds}, {placementSeconds} until it has a node, {startSeconds} until it is ready, by {pods} pods)], so it looked {horizonSeconds} ahead',
  },
  forecast: {
    changed:
      'the forecast at its {quantile} quantile[ ({then} then, {now} now, {capacity} a pod)] asked for {after} instead of {before}',
    kept: 'the forecast at its {quantile} quantile[ ({then} then, {now} now, {capacity} a pod)] asked for {after}, too',
  },
  'load-until-then': {
    changed: 'until then {needs} are still needed, so {before} became {after}',
    kept: 'until then no more are needed',
  },
  confidence: {
    changed: 'the forecast was trusted too little[ ({confidence}, {needed} needed)], so {before} became {after}',
    kept: 'the forecast was trusted enough[ ({confidence})]',
  },
  anomaly: {
    changed: 'the load looked unlike anything before[ (score {score})], so the forecast was set aside',
    kept: 'the load looked unlike anything before[ (score {score})], so the forecast was set aside',
  },
  'forecast-abstained': {
    changed: 'there was no forecast to go by[: {why}]',
    kept: 'there was no forecast to go by[: {why}]',
  },
  'forecast-maximum': {
    changed: 'the larger of forecast[ ({predicted})] and reaction[ ({reactive})] counts, so {before} became {after}',
    kept: 'the forecast[ ({predicted})] asked for no more than the reaction[ ({reactive})]',
  },
  'forecast-floor': {
    changed: 'the forecast keeps a floor[ of {predicted}] until its load has come, so {before} became {after}',
    kept: 'the floor of the forecast[ ({predicted})] is not above the reaction[ ({reactive})]',
  },
  'forecast-trusted': {
    changed: 'the forecast was sure, so that its {after} counted instead of {before}',
    kept: 'the forecast was sure, and the reaction asked for the same {after}',
  },
  composite: {
    changed: 'of several policies ({combine}) that of {winner} counted, so {before} became {after}',
    kept: 'of several policies ({combine}) that of {winner} counted, and {after} stay',
  },
  target: {
    changed: 'the datapoint of {value} against {target}[, carried by {carrying} pods,] led from {before} to {after}',
    kept: 'the datapoint of {value} against {target}[ is carried by {carrying} pods, and {warming} on their way are part of the answer, so] left {after}',
  },
  step: {
    changed:
      'the datapoint of {value} against a threshold of {threshold} fell into the step of {by}[ ({adjustment})], so {before} became {after}',
    kept: 'the datapoint of {value} against a threshold of {threshold} fell into the step of {by}[ ({adjustment})], of which {warming} are on their way, and {after} stay',
  },
  'warming-up': {
    changed: 'nothing is taken away while pods[ ({warming})] warm up, so {after} stay',
    kept: 'pods[ ({warming})] warm up, and {after} stay',
  },
  'scale-out-cooldown': {
    changed: 'the last scale-out was too recent[ (cool-down {cooldownSeconds})], so {before} became {after}',
    kept: 'the last scale-out was long enough ago',
  },
  'scale-in-cooldown': {
    changed: 'the last change was too recent[ (cool-down {cooldownSeconds})], so {before} became {after}',
    kept: 'the last change was long enough ago',
  },
  'scale-in-disabled': {
    changed: 'scaling in is switched off, so {after} stay',
    kept: 'scaling in is switched off',
  },
  'insufficient-data': {
    changed: 'there were too few datapoints[: {why}]',
    kept: 'there were too few datapoints[: {why}], so {after} stay',
  },
  'vertical-first': {
    changed:
      'replicas are at their {end} while {replicasWanted} are wanted, so that requests of {resources} change first and {after} stay',
    kept: 'replicas are at their {end} while {replicasWanted} are wanted, so that requests of {resources} change',
  },
} as const;
