import type { AttemptGate } from './attempt-gate.js';
import { OUTCOME, type Outcome } from './outcome.js';
import type { ResponseMeter } from './response-meter.js';

/** Who hears of the ends of visits that were on board: one place, so that operations of which nobody hears pay for one look. */
export class VisitEnds {
  constructor(
    private readonly gate: AttemptGate | null,
    private readonly meter: ResponseMeter | null,
  ) {}

  /** A visit on board has ended at its station; `seen` where somebody still waits for it. */
  ended(visit: number, station: number, outcome: Outcome, seen: boolean): void {
    if (this.meter !== null) this.meter.answered(visit, station, outcome === OUTCOME.served);
    if (this.gate !== null) this.gate.left(visit, station, outcome, seen);
  }
}

/** Null where nobody hears of them. */
export function visitEnds(gate: AttemptGate | null, meter: ResponseMeter | null): VisitEnds | null {
  return gate === null && meter === null ? null : new VisitEnds(gate, meter);
}
