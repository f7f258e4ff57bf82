import type { BalanceDecision } from '../domain/balance/balance-decision.js';
import type { Command } from '../domain/command.js';
import { type Micros, micros } from '../kernel/micros.js';

/** What a decision about balancers asks of the world. */
export interface BalanceCommands {
  /** Before the number of replicas is changed: who is to leave first has to be known by then. */
  readonly before: readonly Command[];
  /** After it. */
  readonly after: readonly Command[];
}

/** Turns a decision into commands; where it changes nothing there are none. */
export function balanceCommands(decision: BalanceDecision | null, at: Micros, workload: string): BalanceCommands {
  if (decision === null) return { before: [], after: [] };
  const { settings, split, revisions, drain, reason } = decision;
  const of = { at, workload };
  const before: Command[] = [];
  if (settings !== undefined) before.push({ type: 'setBalancing', ...of, settings, reason: 'configured' });
  if (split !== undefined) before.push({ type: 'setWeights', ...of, split: split.to, reason });
  if (drain !== undefined) {
    const { order, deadlineSeconds } = drain;
    const deadlineMicros = deadlineSeconds === null ? null : micros(deadlineSeconds * 1e6);
    before.push({ type: 'drainPods', ...of, order, deadlineMicros, reason: 'scaling down' });
  }
  const after: Command[] =
    revisions === undefined ? [] : [{ type: 'setRevisions', ...of, replicas: revisions, reason }];
  return { before, after };
}
