import type { Command } from '../domain/command.js';
import type { Decision } from '../domain/decision.js';
import { equalResources } from '../domain/pod-resources.js';
import type { Micros } from '../kernel/micros.js';
import { balanceCommands } from './balance-commands.js';
import type { CommandedChange } from './ports.js';
import type { VerticalChange } from './vertical-loop.js';
import type { Draft } from './workload-loop.js';

/** What a decision about a workload commands, in order, and the change of its replicas among it; null where they stay. */
export interface WorkloadCommands {
  readonly commands: readonly Command[];
  readonly change: CommandedChange | null;
}

/** The commands that a decision comes to: none where nothing changes. */
export function workloadCommands(draft: Draft, decision: Decision): WorkloadCommands {
  const { at, workload, from, desired } = decision;
  const { before, after } = balanceCommands(decision.balance ?? null, at, workload);
  const change = draft.specReplicas === null || desired === from ? null : { at, from, to: desired };
  return {
    commands: [
      ...(draft.vertical === null ? [] : resizing(at, workload, draft.vertical)),
      ...before,
      ...(change === null ? [] : [scaling(draft, decision)]),
      ...after,
    ],
    change,
  };
}

function scaling({ workload: { pool } }: Draft, { at, workload, from, desired, reason }: Decision): Command {
  return pool === undefined
    ? { type: 'setReplicas', at, workload, from, replicas: desired }
    : { type: 'scaleNodes', at, pool, from, nodes: desired, remove: [], reason };
}

/** The template goes first, so that whoever replaces an evicted pod makes it anew. */
function resizing(now: Micros, workload: string, { decision, resize }: VerticalChange): readonly Command[] {
  const { from, template, evict, reason } = decision;
  const of = { at: now, workload, reason };
  return [
    ...(equalResources(from, template)
      ? []
      : [{ type: 'setPodResources', ...of, resources: template } satisfies Command]),
    ...resize.map(({ pod, resources }): Command => ({ type: 'resizePod', ...of, pod, resources })),
    ...evict.map((pod): Command => ({ type: 'evictPod', ...of, pod })),
  ];
}
