import type { HpaSemantics } from './hpa-config.js';
import { type Invalid, invalid, isInvalid } from './invalid.js';
import type { PodMeasure, PodMethod } from './pod-method.js';
import { divideTruncated, percentTruncated } from './whole-division.js';

/**
 * Usage as a share of the requests, in whole percent.
 *
 * The share is cut to a whole percent before it is held against the target: with a target of 50%, 55.9% is 55%, a ratio of
 * 1.10, not 1.118. Samples of pods without a request (superfluous ones) do not enter the share.
 */
export function utilizationMethod(
  targetPercent: number,
  requests: ReadonlyMap<string, number> | Invalid,
  semantics: HpaSemantics,
): PodMethod {
  const fillPercent = semantics === 'head' ? Math.max(100, targetPercent) : 100;
  return {
    target: targetPercent,
    measure: (milliByPod) => (isInvalid(requests) ? requests : share(milliByPod, requests, targetPercent)),
    fillOnScaleDown(pod) {
      const request = isInvalid(requests) ? undefined : requests.get(pod);
      return divideTruncated((request ?? 0) * fillPercent, 100);
    },
    fillText: `${fillPercent}% of the request`,
    fillsOnTarget: false,
    guardsCount: true,
  };
}

function share(
  milliByPod: ReadonlyMap<string, number>,
  requests: ReadonlyMap<string, number>,
  targetPercent: number,
): PodMeasure | Invalid {
  let used = 0;
  let requested = 0;
  let pods = 0;
  for (const [pod, milli] of milliByPod) {
    const request = requests.get(pod);
    if (request === undefined) continue;
    used += milli;
    requested += request;
    pods += 1;
  }
  if (requested === 0) return invalid('no metrics returned matched known pods');
  const percent = percentTruncated(used, requested);
  return { ratio: percent / targetPercent, current: percent, averageMilli: divideTruncated(used, pods) };
}
