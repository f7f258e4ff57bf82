import type { DrainPods, SetBalancing, SetWeights } from '../../domain/command.js';
import type { SimWorkload } from './sim-workload.js';

/** Carries out what the engine commands of a workload's balancers, which hear of it after their lag, and of how its pods leave, which holds at once. */
export function applyBalance(
  { feed, checks, port, draining }: SimWorkload,
  command: SetWeights | SetBalancing | DrainPods,
): void {
  if (command.type === 'drainPods') {
    draining.set(command.order, command.deadlineMicros);
    return;
  }
  if (command.type === 'setWeights') {
    feed.tell((view) => view.share(command.split));
    return;
  }
  const { settings } = command;
  feed.tell((_, now) => {
    if (settings.health !== undefined) checks.set(settings.health, now);
    port.set?.(settings);
  });
}
