/**
 * What a rule says when it changed the number and when it left it alone.
 *
 * `{before}` and `{after}` are replicas, any other `{key}` is a number the rule saw; a part in square brackets is left out where a key of it is missing.
 */
export interface RuleTemplate {
  readonly changed: string;
  readonly kept: string;
}

/** Sentences of the rules that policies and stages record, by the rule's name. */
export const ruleTemplates: Readonly<Record<string, RuleTemplate>> = {
  tolerance: {
    changed: 'that is[ {ratio} of the target and] within the tolerance[ of {tolerance}], so {after} pods stay',
    kept: 'that is[ {ratio} of the target and] outside the tolerance[ of {tolerance}]',
  },
  'missing-pods': {
    changed: '[{missing} ]pods without a sample were assumed to be on the safe side[ at {fill}], which moved {before} to {after}',
    kept: '[{missing} ]pods without a sample were assumed to be on the safe side[ at {fill}], which changed nothing',
  },
  'unready-pods': {
    changed: '[{unready} ]pods that were not ready yet counted as idle, which moved {before} to {after}',
    kept: '[{unready} ]pods that were not ready yet counted as idle, which changed nothing',
  },
  'direction-flip': {
    changed: 'filling in the missing pods would have turned the direction around, so {after} pods stay',
    kept: 'filling in the missing pods did not turn the direction around',
  },
  'invalid-metrics': {
    changed: 'not every metric was valid, and scaling down on part of the picture is refused: {after} pods stay',
    kept: 'not every metric was valid, which does not stand in the way of scaling up',
  },
  forecast: {
    changed: 'the forecast[ ({model})][ at its {quantile} quantile][ for {horizonSeconds} ahead] moved {before} to {after}',
    kept: 'the forecast[ ({model})] asked for no more than {after}',
  },
  anomaly: {
    changed: 'the load looked unlike anything before[ (score {score})], so the forecast was set aside and {before} became {after}',
    kept: 'the load looked unlike anything before[ (score {score})], which changed nothing',
  },
  confidence: {
    changed: 'the forecast was trusted too little[ ({confidence}, {needed} needed)], so {before} became {after}',
    kept: 'the forecast was trusted enough[ ({confidence})]',
  },
  stabilization: {
    changed: 'the stabilization window[ of {windowSeconds}] remembered another recommendation and made {before} into {after}',
    kept: 'no recommendation in the stabilization window[ of {windowSeconds}] stood in the way',
  },
  'rate-policy': {
    changed: 'the scale-[{direction} ]policy allowed no more than a change to {after}[ in {periodSeconds}] instead of {before}',
    kept: 'the rate policy[ of {periodSeconds}] allowed {after}',
  },
  'scale-up-limit': {
    changed: 'one step may at most double the pods (or reach 4), so {before} became {after}',
    kept: '{after} is within one step upwards',
  },
  min: {
    changed: 'the configured minimum raised {before} to {after}',
    kept: '{after} is not below the configured minimum[ of {min}]',
  },
  max: {
    changed: 'the configured maximum lowered {before} to {after}',
    kept: '{after} is not above the configured maximum[ of {max}]',
  },
  schedule: {
    changed: 'the schedule[ {name}] moved {before} to {after}',
    kept: 'the schedule[ {name}] asked for no more than {after}',
  },
  cooldown: {
    changed: 'the last change was too recent[ (cool-down {cooldownSeconds})], so {before} became {after}',
    kept: 'the last change was long enough ago[ (cool-down {cooldownSeconds})]',
  },
  stale: {
    changed: 'the newest sample was too old to act upon[ ({ageSeconds}, limit {limitSeconds})]: {after} pods stay',
    kept: 'the newest sample was recent enough[ ({ageSeconds})]',
  },
  quota: {
    changed: 'the quota shared by all workloads lowered {before} to {after}',
    kept: 'the quota shared by all workloads left room for {after}',
  },
  budget: {
    changed: 'the budget lowered {before} to {after}',
    kept: 'the budget covered {after}',
  },
  capacity: {
    changed: 'the nodes had room for {after} instead of {before}',
    kept: 'the nodes had room for {after}',
  },
  price: {
    changed: 'the price moved {before} to {after}',
    kept: 'the price left {after}',
  },
};
