import type { Allotment, UsageFit } from './usage-replay.js';

/** Adds up how allotments fare against usage. */
export class FitMeter {
  private seconds = 0;
  private memorySeconds = 0;
  private throttled = 0;
  private withheld = 0;
  private used = 0;
  private cpuAbove = 0;
  private memoryAbove = 0;
  private cpuSlack = 0;
  private memorySlack = 0;
  private cpuRequest = 0;
  private memoryRequest = 0;
  private kills = 0;

  /** CPU used for so long, as it would have been without a limit. */
  addCpu(millis: number, seconds: number, { request, limit }: Allotment): void {
    const { cpuMillis = 0 } = request;
    const over = Math.max(0, millis - (limit.cpuMillis ?? Number.POSITIVE_INFINITY));
    this.seconds += seconds;
    this.used += millis * seconds;
    this.withheld += over * seconds;
    if (over > 0) this.throttled += seconds;
    if (millis > cpuMillis) this.cpuAbove += seconds;
    this.cpuSlack += Math.max(0, cpuMillis - millis) * seconds;
    this.cpuRequest += cpuMillis * seconds;
  }

  /** Memory used for so long; true where that is more than the limit, which kills. */
  addMemory(mib: number, seconds: number, { request, limit }: Allotment): boolean {
    const { memoryMiB = 0 } = request;
    this.memorySeconds += seconds;
    if (mib > memoryMiB) this.memoryAbove += seconds;
    this.memorySlack += Math.max(0, memoryMiB - mib) * seconds;
    this.memoryRequest += memoryMiB * seconds;
    const killed = mib > (limit.memoryMiB ?? Number.POSITIVE_INFINITY);
    if (killed) this.kills++;
    return killed;
  }

  /** How they have fared so far. */
  get fit(): UsageFit {
    const cpu = Math.max(this.seconds, Number.MIN_VALUE);
    const memory = Math.max(this.memorySeconds, Number.MIN_VALUE);
    return {
      coveredHours: this.seconds / 3600,
      throttledShare: this.throttled / cpu,
      cpuWithheldShare: this.used === 0 ? 0 : this.withheld / this.used,
      oomKills: this.kills,
      cpuAboveRequestShare: this.cpuAbove / cpu,
      memoryAboveRequestShare: this.memoryAbove / memory,
      cpuSlackMillis: this.cpuSlack / cpu,
      memorySlackMiB: this.memorySlack / memory,
      meanCpuRequestMillis: this.cpuRequest / cpu,
      meanMemoryRequestMiB: this.memoryRequest / memory,
    };
  }
}
