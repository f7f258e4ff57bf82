import type { PodRecord } from '../../domain/measurement.js';
import type { Bottleneck } from '../../domain/bottleneck.js';
import type { Decision } from '../../domain/decision.js';
import { heldUpPods, type HeldUpBy, onceReady } from './held-up-pods.js';
import { NOT_ASKED, type NotAsked, whyNotAsked } from './why-not-asked.js';

/** A moment at which a workload had fewer ready pods than it needed. */
export interface Gap {
  /** In microseconds. */
  readonly at: number;
  readonly needed: number;
  readonly missing: number;
  readonly ready: number;
  /** Pods asked for, and pods that exist. */
  readonly desired: number;
  readonly existing: number;
}

type What = HeldUpBy | 'creation' | 'unready' | NotAsked;

type Cause = Pick<Bottleneck, 'kind'> & { readonly phrase: (age: number) => string };

const RESTARTS: Cause = {
  kind: 'restarts',
  phrase: () => 'had been ready before: their probes failed, or their containers were started anew',
};

const CAUSES: Readonly<Partial<Record<What, Cause>>> = {
  imagePull: { kind: 'imagePulls', phrase: () => 'waited for their image' },
  crashLoopBackOff: { kind: 'crashLoops', phrase: () => 'were in CrashLoopBackOff' },
  node: { kind: 'nodes', phrase: () => 'waited for a machine to come up' },
  start: { kind: 'pods', phrase: () => 'were starting' },
  scheduler: { kind: 'controlPlane', phrase: () => 'waited for the scheduler' },
  unready: RESTARTS,
  creation: { kind: 'controlPlane', phrase: () => 'had been asked for and were not created yet' },
  ...NOT_ASKED,
};

/**
 * What held up the pods that were missing, where over all moments one thing held up half of them or more; null where nothing did, or
 * nobody goes by what was needed. `pods` and `decisions` are those of the workload alone.
 */
export function whyPodsLack(
  pods: readonly PodRecord[],
  decisions: readonly Decision[],
  gaps: readonly Gap[],
): (Pick<Bottleneck, 'kind'> & { why: string }) | null {
  const sums = new Map<What, number>();
  const add = (what: What, count: number) => sums.set(what, (sums.get(what) ?? 0) + count);
  let missing = 0;
  let aged = 0;
  for (const gap of gaps) {
    missing += gap.missing;
    for (const [what, count] of heldUpPods(pods, gap.at)) add(what, Math.min(count, gap.missing));
    add('unready', Math.max(0, Math.min(onceReady(pods, gap.at) - gap.ready, gap.missing)));
    add('creation', Math.max(0, Math.min(gap.desired - gap.existing, gap.missing)));
    const { why, count, ageSeconds } = notAsked(gap, decisions);
    if (why !== null) add(why, count);
    if (why === 'metricLag') aged += count * ageSeconds;
  }
  const found = mostOf(sums, missing / 2);
  if (found === null) return null;
  const { cause, most } = found;
  const share = `${((most / missing) * 100).toFixed(0)}%`;
  return { kind: cause.kind, why: `${share} of the pods that were missing ${cause.phrase(aged / most)}` };
}

/** The cause with the largest sum, if that is enough; else restarts and their back-offs together, which take turns, if those are. */
function mostOf(
  sums: ReadonlyMap<What, number>,
  enough: number,
): { readonly cause: Cause; readonly most: number } | null {
  const [what, most] = [...sums].sort(([, a], [, b]) => b - a).at(0) ?? [null, 0];
  const cause = what === null ? undefined : CAUSES[what];
  if (cause === undefined || most === 0) return null;
  if (most >= enough) return { cause, most };
  const inTurns = (sums.get('unready') ?? 0) + (sums.get('crashLoopBackOff') ?? 0);
  return inTurns >= enough ? { cause: RESTARTS, most: inTurns } : null;
}

/** How many of the missing had not been asked for, why, and how old the newest sample was by which the engine went. */
function notAsked(
  { at, needed, desired, missing }: Gap,
  decisions: readonly Decision[],
): { readonly why: NotAsked | null; readonly count: number; readonly ageSeconds: number } {
  const count = Math.max(0, Math.min(needed - desired, missing));
  const decision = count === 0 ? undefined : decisions.findLast((one) => one.at <= at);
  return { why: whyNotAsked(decision), count, ageSeconds: decision?.dataAgeSeconds ?? 0 };
}
