import type { Rule } from '../../../domain/decision.js';
import type { Micros } from '../../../kernel/micros.js';
import type { RevisionActivity } from './revision-activity.js';

/** Bounds of a revision's pods, and when it may have none. */
export interface RevisionLimits {
  readonly minScale: number;
  readonly maxScale: number;
  /** Pods to begin with, whatever the load. */
  readonly initialScale: number;
  readonly scaleToZero: boolean;
  /** A revision stays active at least so long. */
  readonly stableWindow: Micros;
  /** Requests must have gone through the activator so long before the last pod goes. */
  readonly gracePeriod: Micros;
  /** The last pod is kept at least so long after the last request. */
  readonly podRetention: Micros;
  /** A revision that does not come up within this time is given up. */
  readonly activationTimeout: Micros;
}

/** Pods to ask for. */
export interface RevisionScale {
  /** What is to be asked for; null leaves the pods as they are. */
  readonly replicas: number | null;
  /** What is wanted, of which activity is judged; null where that cannot be told. */
  readonly want: number | null;
  readonly rules: readonly Rule[];
}

/**
 * Keeps what the autoscaler wants within the bounds, and lets the last pod go only when nobody will miss it.
 *
 * Source: knative/serving pkg/reconciler/autoscaling/kpa/scaler.go, scale and handleScaleToZero. Its probe of the activator always finds it here.
 */
export function scaleRevision(
  limits: RevisionLimits,
  activity: RevisionActivity,
  { desired, specReplicas }: { readonly desired: number; readonly specReplicas: number },
  now: Micros,
): RevisionScale {
  const bounded = withinBounds(limits, activity, desired);
  if (bounded.replicas !== 0) return { ...bounded, want: bounded.replicas };
  const last = lastPod(limits, activity, now);
  const after = last.replicas ?? specReplicas;
  const rule = { rule: last.rule, before: 0, after, numbers: last.numbers };
  // Going to zero is told of as the change that it is; to stay there needs no word.
  const told = last.rule === 'scale-to-zero' && after === 0 ? { ...rule, before: specReplicas } : rule;
  const silent = specReplicas === 0 && after === 0;
  return { replicas: last.replicas, want: last.want, rules: silent ? bounded.rules : [...bounded.rules, told] };
}

/** What becomes of the last pod, and the rule that says so. */
interface LastPod extends Omit<RevisionScale, 'rules'> {
  readonly rule: string;
  readonly numbers: Rule['numbers'];
}

function withinBounds(
  { minScale, maxScale, initialScale }: RevisionLimits,
  { initialized }: RevisionActivity,
  desired: number,
): { readonly replicas: number; readonly rules: readonly Rule[] } {
  const begins = !initialized && initialScale > Math.max(1, minScale);
  const least = begins ? initialScale : minScale;
  if (desired < least) {
    const rule = begins ? 'initial-scale' : 'min';
    return { replicas: least, rules: [{ rule, before: desired, after: least, numbers: { min: least } }] };
  }
  if (desired > maxScale) {
    return {
      replicas: maxScale,
      rules: [{ rule: 'max', before: desired, after: maxScale, numbers: { max: maxScale } }],
    };
  }
  return { replicas: desired, rules: [] };
}

function lastPod(limits: RevisionLimits, activity: RevisionActivity, now: Micros): LastPod {
  if (!limits.scaleToZero) return { replicas: 1, want: 1, rule: 'scale-to-zero-disabled', numbers: {} };
  const lasted = now - activity.since;
  if (activity.status === 'activating') return whileActivating(limits, lasted);
  return activity.status === 'active' ? whileActive(limits, lasted) : whileInactive(limits, activity, now);
}

/** A revision that has not come up is not idle; one that will never come up need not be waited for. */
function whileActivating({ activationTimeout }: RevisionLimits, lasted: number): LastPod {
  const numbers = { activatingSeconds: lasted / 1e6, timeoutSeconds: activationTimeout / 1e6 };
  if (lasted > activationTimeout) return { replicas: 0, want: 0, rule: 'scale-to-zero', numbers };
  return { replicas: null, want: null, rule: 'activation', numbers };
}

function whileActive({ stableWindow }: RevisionLimits, lasted: number): LastPod {
  const numbers = { activeSeconds: lasted / 1e6, stableWindowSeconds: stableWindow / 1e6 };
  if (lasted < stableWindow) return { replicas: 1, want: 1, rule: 'scale-to-zero-window', numbers };
  return { replicas: null, want: 0, rule: 'scale-to-zero-grace', numbers };
}

function whileInactive(
  { gracePeriod, podRetention }: RevisionLimits,
  { since, proxiedSince }: RevisionActivity,
  now: Micros,
): LastPod {
  const idle = now - since;
  const proxied = proxiedSince === null ? 0 : now - proxiedSince;
  const numbers = {
    inactiveSeconds: idle / 1e6,
    proxiedSeconds: proxied / 1e6,
    graceSeconds: gracePeriod / 1e6,
    retentionSeconds: podRetention / 1e6,
  };
  const gone = idle >= Math.max(gracePeriod, podRetention) || (idle >= podRetention && proxied >= gracePeriod);
  if (gone) return { replicas: 0, want: 0, rule: 'scale-to-zero', numbers };
  return { replicas: null, want: 0, rule: 'scale-to-zero-grace', numbers };
}
