import { plural } from '../../domain/number-format.js';
import { formatElapsed } from '../format/clock.js';
import type { StoryWindow } from './story-window.js';

/** Machines that an instance refresh took out around the worst minutes; null where none did. */
export function refreshBeat({ worst }: StoryWindow): string | null {
  if (worst.refreshes === undefined) return null;
  const told = worst.refreshes.map(({ pool, machines, fromSeconds, toSeconds }) => {
    const when =
      fromSeconds === toSeconds
        ? `at ${formatElapsed(fromSeconds)}`
        : `between ${formatElapsed(fromSeconds)} and ${formatElapsed(toSeconds)}`;
    return `took ${plural(machines, 'machine')} of ${pool} out ${when}`;
  });
  return `An instance refresh was under way: it ${told.join(', and ')}`;
}
