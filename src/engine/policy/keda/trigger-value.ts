/**
 * What a formula sees of a trigger: its value, or null once it has failed more often in a row than `failureThreshold`.
 *
 * `failureThreshold` is null where there is no fallback of kind scalingModifiers, `failures` where nothing is known of the trigger's health.
 * Source: kedacore/keda pkg/scaling/modifiers, scalingModifierTriggerValue.
 */
export function triggerValue(value: number, failureThreshold: number | null, failures: number | null): number | null {
  if (failureThreshold === null || failures === null) return value;
  return failures > failureThreshold ? null : value;
}
