/** Requests whose last attempt was refused by a pod on its way out, or cut off at the end of its grace; the share is of all offered. */
export interface LostShare {
  readonly refused: number;
  readonly cutOff: number;
  readonly total: number;
  readonly share: number;
}

/** Requests lost to pods that were replaced otherwise than by scaling. */
export interface LostToDisruption {
  /** By new revisions of pods; absent where there are none. */
  readonly lostToRollout?: LostShare;
  /** By evictions; absent where nobody was lost to one. */
  readonly lostToEviction?: LostShare;
  /** To pods that made room for others of higher priority; absent where nobody was. */
  readonly lostToPreemption?: LostShare;
}

/** A new revision of a workload's pods. */
export interface RolloutResult {
  readonly workload: string;
  /** 1 the first of the run. */
  readonly revision: number;
  readonly startSeconds: number;
  /** Until all pods were of it and available; null where it never came to that, or another one came before. */
  readonly tookSeconds: number | null;
  /** It once made no progress for the whole of its deadline. */
  readonly stuck: boolean;
}

/** What pods requested, and how much of it they used, over the time they held a place. */
export interface RequestedResult {
  readonly cpuCoreHours: number;
  readonly memoryGibHours: number;
  /** Null where nothing is requested. */
  readonly cpuUsedShare: number | null;
  readonly memoryUsedShare: number | null;
}
