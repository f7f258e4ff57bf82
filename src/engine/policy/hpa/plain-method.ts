import type { HpaSemantics } from './hpa-config.js';
import type { PodMethod } from './pod-method.js';
import { divideTruncated } from './whole-division.js';

/** Usage of a pod on average as a plain number, cut to a whole thousandth before it is held against the target. */
export function plainMethod(targetMilli: number, semantics: HpaSemantics): PodMethod {
  return {
    target: targetMilli,
    measure(milliByPod) {
      let sum = 0;
      for (const milli of milliByPod.values()) sum += milli;
      const averageMilli = divideTruncated(sum, milliByPod.size);
      return { ratio: averageMilli / targetMilli, current: averageMilli, averageMilli };
    },
    fillOnScaleDown: () => targetMilli,
    fillText: 'the target',
    fillsOnTarget: semantics === '1.20',
    guardsCount: semantics === 'head',
  };
}
