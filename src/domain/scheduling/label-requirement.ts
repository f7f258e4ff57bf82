import { type Labels, labelOf } from './labels.js';

/** How a requirement compares a label with its values; `Gt` and `Lt` are for nodes alone. */
export type LabelOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';

/** What one label must be. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  /** Of `In` and `NotIn` any number, of `Gt` and `Lt` one whole number, of the others none. */
  readonly values: readonly string[];
}

type Test = (found: string | null, values: readonly string[]) => boolean;

const tests: Readonly<Record<LabelOperator, Test>> = {
  In: (found, values) => found !== null && values.includes(found),
  NotIn: (found, values) => found === null || !values.includes(found),
  Exists: (found) => found !== null,
  DoesNotExist: (found) => found === null,
  Gt: (found, values) => compare(found, values, (label, limit) => label > limit),
  Lt: (found, values) => compare(found, values, (label, limit) => label < limit),
};

/** Whether labels meet a requirement, as Kubernetes' `labels.Requirement.Matches`: a label that is missing is not in any list. */
export function meetsRequirement(labels: Labels, { key, operator, values }: LabelRequirement): boolean {
  return tests[operator](labelOf(labels, key), values);
}

/** What is no whole number meets no comparison. */
function compare(found: string | null, values: readonly string[], holds: (a: bigint, b: bigint) => boolean): boolean {
  if (found === null || values.length !== 1) return false;
  const [label, limit] = [whole(found), whole(values[0])];
  return label !== null && limit !== null && holds(label, limit);
}

function whole(text: string): bigint | null {
  return /^[+-]?\d+$/.test(text) ? BigInt(text.replace(/^\+/, '')) : null;
}
