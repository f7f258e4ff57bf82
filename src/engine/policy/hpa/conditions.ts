/** A condition of a HorizontalPodAutoscaler. */
export interface HpaCondition {
  readonly type: 'AbleToScale' | 'ScalingActive' | 'ScalingLimited' | 'ScaledToZero';
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

/** Replaces the condition of the same type where it stands, or appends it: Kubernetes keeps the order of first mention. */
export function withCondition(conditions: readonly HpaCondition[], condition: HpaCondition): readonly HpaCondition[] {
  const position = conditions.findIndex(({ type }) => type === condition.type);
  return position < 0 ? [...conditions, condition] : conditions.with(position, condition);
}
