import { z } from 'zod';
import type { ScalingRules } from '../../../src/engine/policy/hpa/hpa-behavior.js';
import type { ScaleEvent } from '../../../src/engine/policy/hpa/hpa-state.js';
import { initialHpaState } from '../../../src/engine/policy/hpa/hpa-state.js';
import { rescale } from '../../../src/engine/policy/hpa/rescale.js';
import { changeWithin, isOutdated } from '../../../src/engine/policy/hpa/scale-events.js';
import { seconds } from '../../../src/kernel/micros.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';
import { rulesOf, zVectorEvents, zVectorRules } from './vector-behavior.js';
import { openConfig } from './vector-config.js';
import { now } from './vector-numbers.js';

const zCase = z.looseObject({
  input: z.looseObject({
    direction: z.enum(['up', 'down']),
    prevReplicas: z.number(),
    newReplicas: z.number(),
    prevEvents: zVectorEvents,
    rules: zVectorRules.nullable().default(null),
  }),
  expect: z.strictObject({
    changePer60s: z.number(),
    events: z.array(z.strictObject({ replicaChange: z.number(), outdated: z.boolean() })),
  }),
});

/** What is remembered of a change for the rate policies. */
export const judgeStoreScaleEvents: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const rules = input.rules === null ? null : rulesOf(input.rules, seconds(300));
  const events = eventsAfter(input, rules).map((event) => ({
    replicaChange: event.change,
    outdated: rules !== null && isOutdated(event, rules, now),
  }));
  return [
    ...expectEqual('changePer60s', changeWithin(input.prevEvents, seconds(60), now), expect.changePer60s),
    ...expectEqual('events', events, expect.events),
  ];
};

function eventsAfter(input: z.output<typeof zCase>['input'], rules: ScalingRules | null): readonly ScaleEvent[] {
  const side = input.direction === 'up' ? 'scaleUpEvents' : 'scaleDownEvents';
  const config = { ...openConfig, behavior: rules === null ? null : { scaleUp: rules, scaleDown: rules } };
  const change = { current: input.prevReplicas, desired: input.newReplicas, now };
  const decided = { rawDesired: null, winner: null, proposals: [], rules: [], conditions: [] };
  return rescale(config, { ...initialHpaState, [side]: input.prevEvents }, change, decided).state[side];
}
