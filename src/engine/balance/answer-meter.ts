import type { Micros } from '../../kernel/micros.js';
import type { BalancePod, CountedAnswers } from '../ports/balance-policy.js';

/** What has left a pod since somebody looked last. */
export interface NewAnswers {
  readonly answered: number;
  /** Time that it was on board, in microseconds. */
  readonly micros: number;
  /** Time between the two looks at the counters, in microseconds. */
  readonly spanMicros: number;
}

/**
 * Tells what the counters of pods have gained. A counter that falls has begun anew, so that what it shows is its gain. Pods that are gone are
 * forgotten.
 */
export class AnswerMeter {
  private last = new Map<string, CountedAnswers>();
  /** Gains that begin before are not given. */
  private since: number = -Infinity;

  constructor(
    /** Gains below so many attempts are left until there are more: a mean of a few says little. */
    private readonly least: number,
  ) {}

  /** What pods gain counts from their first sample at this instant or later. */
  beginAnew(at: Micros): void {
    this.since = at;
  }

  /** Gains of the pods that have enough of them, by name; the first look at a pod only reads its counters. */
  take(pods: readonly BalancePod[]): Map<string, NewAnswers> {
    const gains = new Map<string, NewAnswers>();
    const next = new Map<string, CountedAnswers>();
    for (const { view, answers } of pods) {
      const before = this.last.get(view.name);
      if (answers === null) {
        if (before !== undefined) next.set(view.name, before);
        continue;
      }
      if (before === undefined || before.sampledAt < this.since) {
        next.set(view.name, answers);
        continue;
      }
      const gain = gainOf(before, answers);
      const enough = gain.answered >= this.least && gain.spanMicros > 0;
      if (enough) gains.set(view.name, gain);
      next.set(view.name, enough ? answers : before);
    }
    this.last = next;
    return gains;
  }
}

function gainOf(before: CountedAnswers, now: CountedAnswers): NewAnswers {
  const restarted = now.answered < before.answered;
  const spanMicros = now.sampledAt - before.sampledAt;
  if (restarted) return { answered: now.answered, micros: now.micros, spanMicros };
  return { answered: now.answered - before.answered, micros: now.micros - before.micros, spanMicros };
}
