/** Sentences of the rules by which the autoscalers of nodes decide; see `ruleTemplates`. */
export const nodeTemplates = {
  'pending-pods': {
    changed: '{pods} pods fit on no node, there or on its way, and fill {nodes} more, so {before} became {after}',
    kept: '{pods} pods fit on no node, and {after} stay',
  },
  'empty-nodes': {
    changed: '{empty} nodes had been empty for {afterSeconds}, so {before} became {after}',
    kept: '{empty} nodes had been empty for {afterSeconds}, and {after} stay',
  },
  'pods-left': {
    changed: '{pods} pods fit on nothing that may be launched',
    kept: '{pods} pods fit on nothing that may be launched',
  },
  'pods-too-large': {
    changed: '{pods} pods would not fit on a new node either',
    kept: '{pods} pods would not fit on a new node either',
  },
  'backed-off': {
    changed: 'launches failed[ ({why})], and it is left alone[ until {untilClock},] for {forSeconds}',
    kept: 'launches failed[ ({why})], and it is left alone[ until {untilClock},] for {forSeconds}',
  },
  unavailable: {
    changed: 'it could not be had[ ({why})], and is not asked for[ until {untilClock},] for {forSeconds}',
    kept: 'it could not be had[ ({why})], and is not asked for[ until {untilClock},] for {forSeconds}',
  },
  'no-room': {
    changed: 'it has as many nodes as it may[ ({max})]',
    kept: 'it has as many nodes as it may[ ({max})]',
  },
  'unneeded-node': {
    changed: '{node} was not needed, and its {pods} pods fit elsewhere, so {before} became {after}',
    kept: '{node} was not needed, and its {pods} pods fit elsewhere',
  },
  'scale-down-cooldown': {
    changed: '{unneeded} nodes are not needed, and wait for {forSeconds} more since nodes were changed',
    kept: '{unneeded} nodes are not needed, and wait for {forSeconds} more since nodes were changed',
  },
  'launch-failed': {
    changed: 'launches failed ({nodes}[, {why}]), so {before} became {after}',
    kept: 'launches failed ({nodes}[, {why}]), and whoever keeps the number tries again',
  },
  'provision-timeout': {
    changed: 'a node had not come up after {afterSeconds}, so {before} became {after}',
    kept: 'a node had not come up after {afterSeconds}',
  },
} as const;
