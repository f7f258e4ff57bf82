import { type LabelRequirement, meetsRequirement } from './label-requirement.js';
import { type Labels, labelOf } from './labels.js';

/** Which pods are meant; everything in it must hold, and an empty one means all. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelRequirement[];
}

/** Whether a selector means something that carries these labels. */
export function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labelOf(labels, key) === value) &&
    matchExpressions.every((requirement) => meetsRequirement(labels, requirement))
  );
}
