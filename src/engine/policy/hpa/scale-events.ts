import type { Micros } from '../../../kernel/micros.js';
import type { ScalingRules } from './hpa-behavior.js';
import type { ScaleEvent } from './hpa-state.js';

/** Pods added or removed within the period that ends now; an event exactly as old as the period is out of it. */
export function changeWithin(events: readonly ScaleEvent[], periodMicros: Micros, now: Micros): number {
  let change = 0;
  for (const event of events) if (event.at > now - periodMicros) change += event.change;
  return change;
}

/** Whether no policy of the rules looks back far enough to see the event any more. */
export function isOutdated({ at }: ScaleEvent, { policies }: ScalingRules, now: Micros): boolean {
  let longest = 0;
  for (const { periodMicros } of policies) longest = Math.max(longest, periodMicros);
  return at < now - longest;
}

/** Writes a change down, into the last slot that is outdated or else at the end. Source: kubernetes, storeScaleEvent. */
export function recordedEvent(
  events: readonly ScaleEvent[],
  change: number,
  rules: ScalingRules,
  now: Micros,
): readonly ScaleEvent[] {
  const slot = events.findLastIndex((event) => isOutdated(event, rules, now));
  const event: ScaleEvent = { change, at: now };
  return slot < 0 ? [...events, event] : events.with(slot, event);
}
