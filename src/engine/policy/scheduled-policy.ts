import type { HorizontalInput, HorizontalPolicy, HorizontalProposal, PolicyDefinition } from '../ports.js';
import { LastOccurrence } from './schedule/last-occurrence.js';
import { zScheduled, zScheduledSettings } from './scheduled-schema.js';

/** One entry with the search for when it last came. */
interface Entry {
  readonly text: string;
  readonly replicas: number | null;
  readonly min: number | null;
  readonly last: LastOccurrence;
}

class ScheduledPolicy implements HorizontalPolicy {
  constructor(
    private readonly entries: readonly Entry[],
    private readonly utcOffsetMicros: number,
  ) {}

  /** The entry that came last holds; of two that come at the same instant, the later one in the list. */
  decide({ now, originEpochMicros, specReplicas }: HorizontalInput): HorizontalProposal {
    const clock = originEpochMicros + now + this.utcOffsetMicros;
    let current: Entry | null = null;
    let since = -Infinity;
    for (const entry of this.entries) {
      const came = entry.last.before(clock);
      if (came === null || came < since) continue;
      since = came;
      current = entry;
    }
    if (current === null) return proposal(specReplicas, []);
    const desired = current.replicas ?? Math.max(specReplicas, current.min ?? 0);
    const numbers = { entry: current.text, sinceSeconds: (clock - since) / 1e6 };
    return proposal(desired, [{ rule: 'schedule', before: specReplicas, after: desired, numbers }]);
  }
}

function proposal(desired: number, rules: HorizontalProposal['rules']): HorizontalProposal {
  return {
    rawDesired: null,
    desired,
    winner: null,
    metrics: [],
    rules,
    reason: rules.length === 0 ? 'held' : 'scheduled',
  };
}

/** Replicas by the clock. */
export const scheduled: PolicyDefinition = {
  name: 'scheduled',
  description: 'Replicas by the clock: times of day on days of the week, or cron expressions.',
  schema: zScheduled,
  create(config) {
    const { utcOffsetMicros, entries } = zScheduledSettings.parse(config);
    return new ScheduledPolicy(
      entries.map(({ recurrence, replicas, min }) => ({
        text: recurrence.text,
        replicas,
        min,
        last: new LastOccurrence(recurrence),
      })),
      utcOffsetMicros,
    );
  },
};
