import type { Errand, Site } from './naive-nouns.js';

/** An errand that has not set out yet. */
export function newErrand(
  site: Site,
  origin: Pick<Errand, 'ordinal' | 'hop' | 'caller'>,
  ended: Errand['ended'],
): Errand {
  const nothing = { trip: null, present: null, cancelAnswer: null, cancelTimeout: null, cancelRetry: null };
  return { site, ...origin, ended, attempts: 0, tried: [], ...nothing };
}

/** Nothing is under way of an attempt of an errand any more. */
export function isOver(errand: Errand): void {
  errand.cancelTimeout?.();
  errand.trip = null;
  errand.cancelAnswer = null;
}
