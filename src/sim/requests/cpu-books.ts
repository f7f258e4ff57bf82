import { type CpuTally, noCpuTally, PERIODS, STOPPED, THROTTLED, WITHHELD } from './cpu-tally.js';
import { StepColumns } from './step-columns.js';

/** Which columns of CPU a workload has. */
export interface CpuFeatures {
  /** Its pods may run under a quota. */
  readonly throttles: boolean;
  /** Its pods share their nodes' cores by weight. */
  readonly shares: boolean;
  /** Its processes use CPU to start up. */
  readonly startUp: boolean;
  /** Answering probes takes CPU. */
  readonly probes: boolean;
}

/** Books of what held up the CPU of a workload's pods, by step; columns are there only where they can be other than nothing. */
export class CpuBooks {
  readonly tally: CpuTally = noCpuTally();
  readonly columns: StepColumns;
  private readonly before = noCpuTally();
  private startUpBefore = 0;
  private probedBefore = 0;

  constructor(private readonly features: CpuFeatures) {
    this.columns = new StepColumns([
      ...(features.throttles ? ['cfsPeriods', 'cfsPeriodsThrottled', 'throttledShare', 'throttledSeconds'] : []),
      ...(features.shares ? ['withheldCores'] : []),
      ...(features.startUp ? ['startUpCores'] : []),
      ...(features.probes ? ['probeCores'] : []),
    ]);
  }

  /** Appends a row; `startUpMicros` and `probedMicros` are what starting up and answering probes have taken since the start. */
  closeStep(stepSeconds: number, startUpMicros: number, probedMicros: number): void {
    const { tally, before } = this;
    const [periods, throttled] = [tally[PERIODS] - before[PERIODS], tally[THROTTLED] - before[THROTTLED]];
    const stopped = (tally[STOPPED] - before[STOPPED]) / 1e6;
    const cores = (micros: number): number => micros / 1e6 / stepSeconds;
    this.columns.append([
      ...(this.features.throttles ? [periods, throttled, throttled / periods, stopped] : []),
      ...(this.features.shares ? [cores(tally[WITHHELD] - before[WITHHELD])] : []),
      ...(this.features.startUp ? [cores(startUpMicros - this.startUpBefore)] : []),
      ...(this.features.probes ? [cores(probedMicros - this.probedBefore)] : []),
    ]);
    before.set(tally);
    this.startUpBefore = startUpMicros;
    this.probedBefore = probedMicros;
  }
}
