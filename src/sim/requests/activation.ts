import type { ActivatorSpec } from '../../domain/activator-spec.js';
import type { ActivationPort } from './activation-port.js';
import { Activator } from './activator.js';
import { ActivatorBuffer } from './activator-buffer.js';
import type { Balancer } from './balancer-port.js';
import type { Boarding } from './boarding.js';
import { OUTCOME, type Outcome } from './outcome.js';
import type { PlaneState } from './plane-state.js';
import { TIMER } from './timer-phase.js';
import type { SetTimer } from './user-crowd.js';
import { OPERATION } from './visits.js';

/** The side of the callers, as far as activators need it. */
export interface ActivationCallers {
  readonly boarding: Boarding;
  readonly setTimer: SetTimer;
  /** Tells whoever listens that a visit that has been let go was not served. */
  visitFailed(visit: number, outcome: Outcome): void;
}

/**
 * The activators of a world: what is held too long is rejected, and what is held goes on when the workload has an endpoint, in the order in
 * which it came, each request choosing its endpoint then. At one instant this comes after time-outs and before ends of patience.
 */
export class Activation implements ActivationPort {
  private readonly activators: Activator[] = [];

  constructor(
    private readonly plane: PlaneState,
    private readonly callers: ActivationCallers,
  ) {}

  /** Puts an activator before a balancer. */
  add(spec: ActivatorSpec, inner: Balancer): Activator {
    const token = this.activators.length;
    const alarm = (at: number): void => this.callers.setTimer(at, TIMER.activator, token);
    const { board, visits } = this.plane;
    const buffer = new ActivatorBuffer(spec, board, visits, alarm);
    const activator = new Activator(spec, inner, buffer, board.clock, alarm);
    this.activators.push(activator);
    return activator;
  }

  /** Carries out what is due at one activator. */
  runNext(token: number): void {
    const { callers } = this;
    const activator = this.activators[token];
    const { buffer } = activator;
    for (let visit = buffer.overdue(); visit >= 0; visit = buffer.overdue()) {
      callers.boarding.withdraw(visit);
      callers.visitFailed(visit, OUTCOME.rejected);
    }
    if (activator.isOpen) this.forwardAll(activator);
  }

  private forwardAll(activator: Activator): void {
    const { callers, plane } = this;
    const { operations, visits } = plane;
    const { buffer } = activator;
    for (let held = buffer.takeFirst(); held !== null; held = buffer.takeFirst()) {
      plane.stationChanged(buffer.index);
      const { visit, ordinal, salt } = held;
      const operation = operations[visits.ints[2 * visit + OPERATION]];
      const station = activator.endpointFor(held);
      const outcome =
        station < 0
          ? callers.boarding.refuse(operation, OUTCOME.rejected)
          : callers.boarding.bring(visit, operation, station, ordinal, salt);
      if (outcome === OUTCOME.served) continue;
      visits.release(visit);
      callers.visitFailed(visit, outcome);
    }
  }
}
