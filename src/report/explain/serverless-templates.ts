/** Sentences of the rules by which pods go to zero and come back, of panic, and of triggers and formulas; see `ruleTemplates`. */
export const serverlessTemplates = {
  'stable-window': {
    changed: 'the stable window[ (average {stableAverage})] moved {before} to {after}',
    kept: 'the stable window[ (average {stableAverage})] asked for {after}',
  },
  panic: {
    changed:
      'the panic window[ (average {panicAverage})] asked for {rawPanic}, and in panic pods are only added, so {before} became {after}',
    kept: 'it is in panic, in which pods are only added, and {after} are asked for[ (the panic window: {rawPanic}, average {panicAverage})]',
  },
  'max-scale-up-rate': {
    changed: 'from {ready} ready pods one step leads to {limit} at most, so {before} became {after}',
    kept: '{after} is within one step of {ready} ready pods',
  },
  'max-scale-down-rate': {
    changed: 'from {ready} ready pods one step leads to {limit} at least, so {before} became {after}',
    kept: '{after} is within one step of {ready} ready pods',
  },
  'activation-scale': {
    changed: 'where pods are needed at all there are {activationScale} of them, so {before} became {after}',
    kept: 'the activation scale left {after}',
  },
  'scale-down-delay': {
    changed: 'more were asked for within the scale-down delay[ of {delaySeconds}], so {before} became {after}',
    kept: 'nothing within the scale-down delay[ of {delaySeconds}] stood in the way',
  },
  'initial-scale': {
    changed: 'the revision begins with {min}, so {before} became {after}',
    kept: '{after} is not below the number to begin with',
  },
  'scale-to-zero-disabled': {
    changed: 'scale to zero is switched off, so {after} stays',
    kept: 'scale to zero is switched off',
  },
  'scale-to-zero-window': {
    changed:
      'nobody is left, but it has been active for {activeSeconds} only[ of a stable window of {stableWindowSeconds}], so {after} stays',
    kept: 'nobody is left[ after {activeSeconds} of activity]',
  },
  'scale-to-zero-grace': {
    changed: 'nobody is left, and {after} stays until the grace period[ of {graceSeconds}] is over',
    kept: 'nobody is left, and the grace period[ of {graceSeconds}] is not over',
  },
  activation: {
    changed: 'it is being activated, so {before} became {after}',
    kept: 'it is being activated, and {after} stay',
  },
  deactivation: {
    changed:
      'no trigger has been active for {idleSeconds}[ and the cool-down of {cooldownSeconds} is over], so {before} became {after}',
    kept: 'no trigger is active, and {after} stay',
  },
  'cool-down': {
    changed: 'no trigger has been active for {idleSeconds} only[ of a cool-down of {cooldownSeconds}], so {after} stay',
    kept: 'no trigger is active[, and a cool-down of {cooldownSeconds} runs]',
  },
  'trigger-error': {
    changed: 'a trigger failed, so {before} became {after}',
    kept: 'a trigger failed, and without it {after} stay',
  },
  fallback: {
    changed: 'trigger {trigger} failed too often, and {replicas} stand in for it[ ({behavior})]',
    kept: 'trigger {trigger} failed too often, and {replicas} stand in for it[ ({behavior})]',
  },
  formula: {
    changed: 'the formula {formula} came to {result}',
    kept: 'the formula {formula} came to {result}',
  },
} as const;
