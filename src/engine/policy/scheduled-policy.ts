import type { z } from 'zod';
import { LatestOf } from '../../domain/schedule/latest-of.js';
import type { HorizontalInput, HorizontalPolicy, HorizontalProposal, PolicyDefinition } from '../ports.js';
import { zScheduled, zScheduledSettings } from './scheduled-schema.js';

class ScheduledPolicy implements HorizontalPolicy {
  private readonly schedule: LatestOf<z.output<typeof zScheduledSettings>['entries'][number]>;

  constructor(private readonly settings: z.output<typeof zScheduledSettings>) {
    this.schedule = new LatestOf(settings.entries);
  }

  decide({ now, originEpochMicros, specReplicas }: HorizontalInput): HorizontalProposal {
    const current = this.schedule.at(originEpochMicros + now + this.settings.utcOffsetMicros);
    if (current === null) return { ...proposal(specReplicas, []), abstains: true };
    const { entry, sinceMicros } = current;
    const desired = entry.replicas ?? Math.max(specReplicas, entry.min ?? 0);
    const numbers = { entry: entry.recurrence.text, sinceSeconds: sinceMicros / 1e6 };
    const proposed = proposal(desired, [{ rule: 'schedule', before: specReplicas, after: desired, numbers }]);
    return entry.replicas === null ? { ...proposed, floor: entry.min ?? 0 } : proposed;
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
    return new ScheduledPolicy(zScheduledSettings.parse(config));
  },
};
