import { z } from 'zod';
import { LatestOf } from '../../domain/schedule/latest-of.js';
import { readRecurrence } from '../../domain/schedule/read-recurrence.js';
import { zRecurrence } from '../../domain/schedule/recurrence.js';
import { offsetMicros, zUtcOffset } from '../../domain/schedule/utc-offset-schema.js';
import type { NodePolicyDefinition } from '../ports.js';

const zSettings = z.strictObject({
  /** Of the local clock before UTC's. */
  utcOffsetMicros: z.number(),
  entries: z.array(z.strictObject({ recurrence: zRecurrence, nodes: z.int().min(0) })).min(1),
});

const zEntry = z
  .strictObject({
    at: z.string().optional().describe('Time of day, as 08:00.'),
    days: z.string().optional().describe('Days of the week, as mon-fri or sat,sun; every day without it.'),
    cron: z.string().optional().describe('Standard cron expression of five fields, instead of `at` and `days`.'),
    nodes: z.int().min(0).describe('Nodes from then on.'),
  })
  .transform(({ nodes, ...written }, context) => {
    const recurrence = readRecurrence(written);
    if (typeof recurrence !== 'string') return { recurrence, nodes };
    context.addIssue({ code: 'custom', message: recurrence });
    return z.NEVER;
  });

const schema = z
  .strictObject({ utcOffset: zUtcOffset, schedule: z.array(zEntry).min(1) })
  .transform(({ utcOffset, schedule }) => ({ utcOffsetMicros: offsetMicros(utcOffset), entries: schedule }))
  .pipe(zSettings);

/** Nodes by the clock. */
export const scheduledNodes: NodePolicyDefinition = {
  name: 'scheduled',
  description: 'Nodes by the clock: times of day on days of the week, or cron expressions.',
  schema,
  create(config) {
    const { utcOffsetMicros, entries } = zSettings.parse(config);
    const schedule = new LatestOf(entries);
    return {
      decide({ now, originEpochMicros, specNodes, unplaced }) {
        const current = schedule.at(originEpochMicros + now + utcOffsetMicros);
        if (current === null) return { desired: specNodes, remove: [], unplaced, rules: [], reason: 'held' };
        const { entry, sinceMicros } = current;
        const numbers = { entry: entry.recurrence.text, sinceSeconds: sinceMicros / 1e6 };
        const rules = [{ rule: 'schedule', before: specNodes, after: entry.nodes, numbers }];
        return { desired: entry.nodes, remove: [], unplaced, rules, reason: 'scheduled' };
      },
    };
  },
};
