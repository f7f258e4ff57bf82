import type { ActivatorSpec } from '../../domain/activator-spec.js';
import { Activator } from './activator.js';
import { ActivatorBuffer } from './activator-buffer.js';
import type { Balancer } from './balancer-port.js';
import type { Boarding } from './boarding.js';
import { OUTCOME, type Outcome } from './outcome.js';
import type { PlaneState } from './plane-state.js';
import { OPERATION } from './visits.js';

/** The side of the callers, as far as activators need it. */
export interface ActivationHost {
  readonly plane: PlaneState;
  readonly boarding: Boarding;
  /** Tells whoever listens that a visit that has been let go was not served. */
  visitFailed(visit: number, outcome: Outcome): void;
  /** Calls `runNext` with the token at an instant. */
  alarm(at: number, token: number): void;
}

/**
 * The activators of a world: what is held too long is rejected, and what is held goes on when the workload has an endpoint, in the order in
 * which it came, each request choosing its endpoint then. At one instant this comes after time-outs and before ends of patience.
 */
export class Activation {
  private host: ActivationHost | null = null;
  private readonly activators: Activator[] = [];

  /** Must be called before the first activator is made. */
  connect(host: ActivationHost): void {
    this.host = host;
  }

  /** Puts an activator before a balancer. */
  add(spec: ActivatorSpec, inner: Balancer): Activator {
    const { host } = this;
    if (host === null) throw new RangeError('activators are made after the callers that they are connected to');
    const token = this.activators.length;
    const alarm = (at: number): void => host.alarm(at, token);
    const { board, visits } = host.plane;
    const buffer = new ActivatorBuffer(spec, board, visits, alarm);
    const activator = new Activator(spec, inner, buffer, board.clock, alarm);
    this.activators.push(activator);
    return activator;
  }

  /** Carries out what is due at one activator. */
  runNext(token: number): void {
    const { host } = this;
    if (host === null) return;
    const activator = this.activators[token];
    const { buffer } = activator;
    for (let visit = buffer.overdue(); visit >= 0; visit = buffer.overdue()) {
      host.boarding.withdraw(visit);
      host.visitFailed(visit, OUTCOME.rejected);
    }
    if (activator.isOpen) this.forwardAll(activator, host);
  }

  private forwardAll(activator: Activator, host: ActivationHost): void {
    const { operations, visits } = host.plane;
    const { buffer } = activator;
    for (let held = buffer.takeFirst(); held !== null; held = buffer.takeFirst()) {
      host.plane.stationChanged(buffer.index);
      const { visit, ordinal, salt } = held;
      const operation = operations[visits.ints[2 * visit + OPERATION]];
      const station = activator.endpointFor(held);
      const outcome =
        station < 0
          ? host.boarding.refuse(operation, OUTCOME.rejected)
          : host.boarding.bring(visit, operation, station, ordinal, salt);
      if (outcome === OUTCOME.served) continue;
      visits.release(visit);
      host.visitFailed(visit, outcome);
    }
  }
}
