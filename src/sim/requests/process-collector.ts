import type { Micros } from '../../kernel/micros.js';
import type { CollectorPort } from '../data-plane.js';
import type { CollectingStation } from './collecting-station.js';

/** The collector of a pod's process, whose station completes what is due before it is asked anything. */
export class ProcessCollector implements CollectorPort {
  constructor(
    private readonly station: CollectingStation,
    private readonly host: { stationChanged(station: number): void },
  ) {}

  requestMicros(): number {
    return this.settled().requestMicros();
  }

  requestCores(): number {
    return this.settled().requestCores();
  }

  collectMicros(): number {
    return this.settled().collectMicros();
  }

  collect(threads: number, stands: boolean): void {
    this.settled().collect(threads, stands);
    this.host.stationChanged(this.station.index);
  }

  collectedAt(cpuMicros: number): Micros {
    return this.settled().collectedAt(cpuMicros);
  }

  private settled(): CollectingStation {
    this.station.settle();
    return this.station;
  }
}
