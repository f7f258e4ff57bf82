import { DependencyFront } from './dependency-front.js';
import type { PlaneState } from './plane-state.js';
import { WorkloadFront } from './workload-front.js';

/** Ends a step of the given length, in microseconds, in the books of everybody who counts. */
export function closeBooks({ fronts, jobs, recorder, network }: PlaneState, step: number): void {
  for (const front of fronts) {
    if (front instanceof WorkloadFront) front.closeStep(step / 1e6);
    front.tally.closeStep(step / 1e6);
    if (front instanceof DependencyFront) front.closeStep(step);
  }
  jobs?.closeStep(step / 1e6);
  recorder.closeStep();
  network?.ledger.closeStep(network.transmission.retransmissions);
}
