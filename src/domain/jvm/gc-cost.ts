/** What a collector has to deal with. */
export interface GcLoad {
  /** Memory that stays reachable, in MiB. */
  readonly liveMiB: number;
  readonly heapMiB: number;
  /** While the program runs: time in which it stands still is not counted. */
  readonly allocationMiBPerSecond: number;
}

/** How a collector works. */
export interface GcTraits {
  /** Live memory traced by one CPU-second, in MiB. There is no figure for all programs: take it from a GC log (see `traceSpeed`). */
  readonly traceMiBPerCpuSecond: number;
  /** Share of what is allocated that outlives a young collection and fills the old generation; 1 for a collector without generations. */
  readonly promotedShare: number;
  /** Size of the young generation in MiB; null for a collector without generations. */
  readonly youngMiB: number | null;
  /** Share of the tracing of the whole heap that is done while the program stands still: 1 for Serial and Parallel, little for ZGC. */
  readonly stoppedShare: number;
  /** Threads that collect at once. */
  readonly threads: number;
}

/** What collecting costs: averages over a long time, pauses included. */
export interface GcCost {
  readonly outOfMemory: false;
  /** CPU-seconds of collecting a second, in cores. */
  readonly cpuCores: number;
  readonly fullPerSecond: number;
  readonly fullPauseSeconds: number;
  readonly youngPerSecond: number;
  readonly youngPauseSeconds: number;
  /** Share of the time that the program stands still. */
  readonly pausedShare: number;
}

/** The heap cannot hold what is live, or collecting takes all the time there is. */
export interface GcFailure {
  readonly outOfMemory: true;
  readonly reason: string;
}

/** A collector that has more than this share of the time gives up (HotSpot's GCTimeLimit) ... */
const timeLimit = 0.98;
/** ... where it frees less than this share of the heap (GCHeapFreeLimit). */
const freeLimit = 0.02;

/**
 * What a tracing collector costs.
 *
 * A collection of the whole heap traces all that is live, L, and is due when the rest of the heap, H - L, has been filled at the rate
 * g at which objects grow old: its CPU for a second of running is (L / s) * g / (H - L), s being the speed of tracing. That is the model from which the
 * square-root rule follows (Kirisame, Shenoy, Panchekha: Optimal Heap Limits for Reducing Browser Memory Use, OOPSLA 2022,
 * doi 10.1145/3563323). With generations only `promotedShare` of what is allocated grows old, and a young collection, due whenever
 * the young generation is full, traces just the survivors (weak generational hypothesis; Jones, Hosking, Moss: The Garbage
 * Collection Handbook, ch. 9); the young generation is then no room for the old. Collecting stops the program for its stopped share
 * of the work, divided among its threads.
 *
 * `liveMiB` and rates must not be negative. Not modelled: fragmentation, humongous objects, time-to-safepoint, NUMA.
 */
export function gcCost(load: GcLoad, traits: GcTraits): GcCost | GcFailure {
  const { liveMiB, heapMiB, allocationMiBPerSecond } = load;
  const { traceMiBPerCpuSecond: speed, promotedShare, youngMiB, stoppedShare, threads } = traits;
  const roomMiB = heapMiB - (youngMiB ?? 0) - liveMiB;
  if (roomMiB <= 0) return failure(`${liveMiB} MiB stay in use, and the heap has room for ${liveMiB + roomMiB} MiB`);
  const perRunning = {
    full: (allocationMiBPerSecond * promotedShare) / roomMiB,
    young: youngMiB === null ? 0 : allocationMiBPerSecond / youngMiB,
  };
  const fullCpuSeconds = liveMiB / speed;
  const youngCpuSeconds = ((youngMiB ?? 0) * promotedShare) / speed;
  const fullPauseSeconds = (fullCpuSeconds * stoppedShare) / threads;
  const youngPauseSeconds = youngCpuSeconds / threads;
  const paused = perRunning.full * fullPauseSeconds + perRunning.young * youngPauseSeconds;
  // A second of running comes with `paused` seconds of standing still.
  const running = 1 / (1 + paused);
  const pausedShare = paused * running;
  if (pausedShare > timeLimit && roomMiB < freeLimit * heapMiB) {
    return failure('collecting takes more than 98% of the time and frees less than 2% of the heap');
  }
  return {
    outOfMemory: false,
    cpuCores: (perRunning.full * fullCpuSeconds + perRunning.young * youngCpuSeconds) * running,
    fullPerSecond: perRunning.full * running,
    fullPauseSeconds,
    youngPerSecond: perRunning.young * running,
    youngPauseSeconds,
    pausedShare,
  };
}

/** Speed of tracing in MiB a CPU-second, from a GC log: what was live after a full collection, its pause, and its threads. */
export function traceSpeed(liveMiB: number, pauseSeconds: number, threads: number): number {
  return liveMiB / (pauseSeconds * threads);
}

function failure(reason: string): GcFailure {
  return { outOfMemory: true, reason };
}
