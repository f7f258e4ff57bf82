import type { QueueTotals } from '../../domain/queue-totals.js';
import { MESSAGE, type Messages } from './messages.js';

/** What is still open of the jobs published after time zero. */
export interface OpenJobs extends Pick<QueueTotals, 'waiting' | 'inProgress' | 'overdue'> {
  /** Deliveries on their way or at a worker, of jobs that are done as well. */
  readonly deliveries: number;
}

/** Counts open jobs, all of them or those that are logical requests of their own; those published before `dueSince` are overdue. */
export function openJobs(messages: Messages, which: 'all' | 'outside', dueSince: number): OpenJobs {
  let [waiting, inProgress, deliveries, overdue] = [0, 0, 0, 0];
  for (let slot = 0; slot < messages.used; slot += 1) {
    if (messages.state[slot] === MESSAGE.none || messages.publishedAt[slot] <= 0) continue;
    if (which === 'outside' && messages.outside[slot] === 0) continue;
    deliveries += messages.running[slot];
    if (messages.done[slot] === 1) continue;
    if (messages.publishedAt[slot] < dueSince) overdue += 1;
    if (messages.running[slot] > 0) inProgress += 1;
    else waiting += 1;
  }
  return { waiting, inProgress, deliveries, overdue };
}
