import type { KeyedRandom } from '../../kernel/random.js';
import type { CallerPools } from '../connections/caller-pools.js';
import type { NetworkState } from '../network/network-state.js';
import type { ActivationPort } from './activation-port.js';
import type { CacheRing } from './cache-ring.js';
import type { Calls } from './calls.js';
import type { ColdWork } from './cold-work.js';
import type { Front } from './front.js';
import type { JobPort } from './job-port.js';
import type { CallSite, Operation } from './operations.js';
import type { Outcome } from './outcome.js';
import type { PodProcess } from './pod-process.js';
import type { RequestRecorder } from './request-recorder.js';
import type { StationBoard } from './station-board.js';
import type { StationIndex } from './station-index.js';
import type { Station } from './station.js';
import type { Visits } from './visits.js';

/** Is told of each logical request's end, for comparisons request by request. */
export type RequestObserver = (hop: number, ordinal: number, outcome: Outcome, at: number) => void;

/** What the parts of the request path share. */
export interface PlaneState {
  readonly board: StationBoard;
  readonly visits: Visits;
  readonly calls: Calls;
  readonly fronts: Front[];
  readonly stations: Station[];
  /** The process behind a station by the station's index; null for dependencies. */
  readonly processes: (PodProcess | null)[];
  /** The front a station belongs to, by the station's index. */
  readonly frontOf: Front[];
  readonly operations: Operation[];
  readonly sites: CallSite[];
  /** Connections of the workloads that call, to be told of processes that go. */
  readonly callers: CallerPools[];
  /** Where keys of caches are. */
  readonly ring: CacheRing;
  readonly index: StationIndex;
  readonly recorder: RequestRecorder;
  /** Null where nothing warms up. */
  readonly cold: ColdWork | null;
  readonly callRandom: KeyedRandom;
  readonly backoffRandom: KeyedRandom;
  readonly observer: RequestObserver | null;
  /** Null where messages take no time and nobody counts them. */
  readonly network: NetworkState | null;
  /** What holds requests for workloads without endpoints; null where nothing does. Set before anything else is made. */
  activation: ActivationPort | null;
  /** Null where there are no queues; set before anything else is made. */
  jobs: JobPort | null;
  /** Must follow every change of a station's load or next completion. */
  stationChanged(station: number): void;
}

/** Stands for the station of a caller where a client outside calls. */
export const OUTSIDE = -1;

/**
 * Who waits for a visit where no call does: a client that does nothing but wait, the same at a lazy front where nobody observes (the visit
 * is then counted without a second look), nobody any more, or the queue that a job came from.
 */
export const LISTENER = { direct: -1, nobody: -2, plain: -3, job: -4 } as const;

/** Whether a listener is a client outside that does nothing but wait. */
export function isDirect(listener: number): boolean {
  return listener === LISTENER.direct || listener === LISTENER.plain;
}
