import type { VerticalAmounts } from '../../engine/vertical/vpa/vertical-amounts.js';
import type {
  ContainerRecommendation,
  NoRecommendation,
  VpaRecommendation,
} from '../../engine/vertical/vpa/vpa-recommendation.js';
import { VpaRecommender, onlyContainer } from '../../engine/vertical/vpa/vpa-recommender.js';
import type { VpaSettings } from '../../engine/vertical/vpa/vpa-settings.js';
import { VpaUpdater } from '../../engine/vertical/vpa/vpa-updater.js';
import { type Micros, micros } from '../../kernel/micros.js';
import { medianStep } from '../../traces/regular-bins.js';
import type { UsageSeries } from '../../traces/usage/usage-trace.js';
import { FitMeter } from './fit-meter.js';
import type { Allotment, ReplayedOom, ReplayedRecommendation, ReplayedUpdate, UsageReplay } from './usage-replay.js';

/** Name of the one pod that stands for the workload. */
const pod = 'recorded';

/** A sample speaks for no more than this many steps; what is longer is a gap. */
const mostSteps = 2;

const notes = [
  'The recording is taken as demand: CPU withheld by a limit is counted and not made up for later.',
  'One pod stands for its workload, so that the least number of replicas does not hold it back.',
  'A kill for memory is counted once a sample; the next sample is used as recorded.',
] as const;

/**
 * Runs VPA along a recording: what it would have recommended and done, and how that would have fared against the usage.
 *
 * The recommender sees what it would have seen: no more CPU and memory than the limits of the time. `start` is what the container has
 * at first. Pure: the same recording and settings give the same replay.
 */
export function replayUsage(series: UsageSeries, settings: VpaSettings, start: Allotment): UsageReplay {
  const replay = new Replay(settings, start);
  const { timesMicros } = series;
  const step = medianStep(timesMicros);
  for (let i = 0; i < timesMicros.length; i++) {
    const next = i + 1 < timesMicros.length ? timesMicros[i + 1] - timesMicros[i] : step;
    const seconds = Math.min(next, mostSteps * step) / 1e6;
    replay.sample(micros(timesMicros[i]), seconds, series.cpuMillis[i], series.memoryMiB?.[i] ?? Number.NaN);
  }
  return replay.result(series.name);
}

class Replay {
  private readonly recommender: VpaRecommender;
  private readonly updater: VpaUpdater;
  private readonly recommendations: ReplayedRecommendation[] = [];
  private readonly updates: ReplayedUpdate[] = [];
  private readonly ooms: ReplayedOom[] = [];
  private readonly meter = new FitMeter();
  private readonly unchangedMeter = new FitMeter();
  private allotment: Allotment;
  private startedAt: Micros = micros(0);
  private containerStartedAt: Micros = micros(0);
  private oomKill: { readonly startedAt: Micros; readonly killedAt: Micros } | null = null;
  private nextRecommendation = 0;
  private nextUpdate = 0;
  private latest: VpaRecommendation | NoRecommendation = { kind: 'none', at: micros(0), reason: 'no-samples' };

  constructor(
    private readonly settings: VpaSettings,
    private readonly start: Allotment,
  ) {
    this.allotment = start;
    this.recommender = new VpaRecommender(settings);
    this.updater = new VpaUpdater({ ...settings, updater: { ...settings.updater, minReplicas: 1 } }, micros(0));
  }

  sample(at: Micros, seconds: number, cpuMillis: number, memoryMiB: number): void {
    if (!Number.isNaN(cpuMillis)) {
      this.meter.addCpu(cpuMillis, seconds, this.allotment);
      this.unchangedMeter.addCpu(cpuMillis, seconds, this.start);
    }
    if (!Number.isNaN(memoryMiB)) {
      this.unchangedMeter.addMemory(memoryMiB, seconds, this.start);
      if (this.meter.addMemory(memoryMiB, seconds, this.allotment)) this.kill(at, memoryMiB);
    }
    const { limit } = this.allotment;
    const seen = { cpu: seenOf(cpuMillis, limit.cpuMillis), memory: seenOf(memoryMiB, limit.memoryMiB) };
    this.recommender.observe({ pod, at, cpuMillis: seen.cpu, memoryMiB: seen.memory });
    this.recommend(at);
    this.update(at);
  }

  result(series: string): UsageReplay {
    const { recommendations, updates, ooms, meter, unchangedMeter } = this;
    return { series, recommendations, updates, ooms, fit: meter.fit, unchanged: unchangedMeter.fit, notes };
  }

  private kill(at: Micros, usedMiB: number): void {
    const { request, limit } = this.allotment;
    this.ooms.push({ at, usedMiB, limitMiB: limit.memoryMiB ?? usedMiB });
    this.oomKill = { startedAt: this.containerStartedAt, killedAt: at };
    this.containerStartedAt = at;
    this.recommender.oom({ pod, at, memoryMiB: request.memoryMiB ?? limit.memoryMiB ?? usedMiB });
  }

  private recommend(at: Micros): void {
    if (at < this.nextRecommendation) return;
    this.nextRecommendation = at + this.settings.recommendMicros;
    this.latest = this.recommender.recommend(at);
    const one = mainOf(this.latest);
    const last = this.recommendations.at(-1);
    if (one === null || (last !== undefined && isSame(last.target, one.target))) return;
    this.recommendations.push({ at, target: one.target, lower: one.lower, upper: one.upper });
  }

  private update(at: Micros): void {
    if (at < this.nextUpdate) return;
    this.nextUpdate = at + this.settings.updater.intervalMicros;
    const { request, limit } = this.allotment;
    const container = { name: onlyContainer, request, limit, given: null, oomKill: this.oomKill };
    const seen = {
      name: pod,
      startedAt: this.startedAt,
      pending: false,
      resize: 'none',
      restartsOnResize: false,
    } as const;
    const input = { now: at, replicas: 1, pods: [{ ...seen, containers: [container] }], recommendation: this.latest };
    for (const update of this.updater.decide(input)) {
      if (update.action === 'leave') continue;
      const [to] = update.containers;
      this.updates.push({ at, action: update.action, cause: update.cause, from: request, to: to.request });
      this.allotment = to;
      if (update.action === 'evict') this.restart(at);
    }
  }

  private restart(at: Micros): void {
    this.startedAt = at;
    this.containerStartedAt = at;
    this.oomKill = null;
  }
}

function seenOf(used: number, limit: number | undefined): number | null {
  return Number.isNaN(used) ? null : Math.min(used, limit ?? Number.POSITIVE_INFINITY);
}

function mainOf(recommendation: VpaRecommendation | NoRecommendation): ContainerRecommendation | null {
  return recommendation.kind === 'none' ? null : recommendation.containers[0];
}

function isSame(a: VerticalAmounts, b: VerticalAmounts): boolean {
  return a.cpuMillis === b.cpuMillis && a.memoryMiB === b.memoryMiB;
}
