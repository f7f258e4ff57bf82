import { Bug } from '../../domain/errors.js';
import type { SourceTree } from './source-tree.js';
import type { Path } from './tree.js';

const comparisons = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '==': (a: number, b: number) => a === b,
} as const;

type Comparison = keyof typeof comparisons;

/** A condition on the result of a run. */
export interface Threshold {
  /** As written. */
  readonly text: string;
  /** Keys from the root of the result to the number. */
  readonly path: readonly string[];
  readonly comparison: Comparison;
  /** In the unit of the number itself. */
  readonly limit: number;
}

const grammar = /^\s*([A-Za-z][\w.-]*)\s*(<=|>=|==|<|>)\s*\$?(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*(%|us|ms|s|m|h|x)?\s*$/;
const timeUnits: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** Parts of a result that a condition may name. */
const conditionable = [
  'requests',
  'attempts',
  'latencyMs',
  'slo',
  'availability',
  'workloads',
  'dependencies',
  'queues',
  'pods',
  'nodes',
  'scaling',
  'elasticity',
  'cost',
  'network',
  'decisions',
] as const;

/** Whether a path of keys leads into a part of the result that has numbers. */
export function namesResult(steps: readonly string[]): boolean {
  return steps.length >= 2 && conditionable.some((part) => part === steps[0]);
}

/** Reads a condition such as `latencyMs.p99 < 400` or `slo.violatedShare <= 0.1%`. Throws InputError where it is none. */
export function parseThreshold(text: string, tree: SourceTree, path: Path): Threshold {
  const match = grammar.exec(text);
  if (match === null) {
    return tree.reject(
      path,
      `must be a number of the result, a comparison and a limit, was ${JSON.stringify(text)}`,
      'For example latencyMs.p99 < 400 or slo.violatedShare < 0.1%.',
    );
  }
  const [, name, sign, number, unit] = match;
  const steps = name.split('.');
  if (!namesResult(steps)) {
    tree.reject(
      path,
      `must name a number of the result, was ${JSON.stringify(name)}`,
      `It starts with one of ${conditionable.join(', ')}.`,
    );
  }
  const limit = Number(number) * (unit === undefined ? 1 : factorOf(unit, steps, () => misfit(tree, path, text)));
  if (!isComparison(sign)) throw new Bug(`a comparison that the grammar has let through is unknown: ${sign}`);
  return { text: text.trim(), path: steps, comparison: sign, limit };
}

/** Whether a value meets a condition. */
export function meets(threshold: Threshold, value: number): boolean {
  return comparisons[threshold.comparison](value, threshold.limit);
}

function isComparison(sign: string): sign is Comparison {
  return Object.hasOwn(comparisons, sign);
}

/** Brings a limit with a unit into the unit that the number of the result has by its name. */
function factorOf(unit: string, steps: readonly string[], refuse: () => never): number {
  if (unit === '%') return 0.01;
  if (unit === 'x') return 1;
  const own = steps.some((step) => step.endsWith('Ms'))
    ? 1e-3
    : steps.some((step) => step.endsWith('Seconds'))
      ? 1
      : null;
  return own === null ? refuse() : timeUnits[unit] / own;
}

function misfit(tree: SourceTree, path: Path, text: string): never {
  return tree.reject(
    path,
    `must have a limit in the unit of its number, was ${JSON.stringify(text)}`,
    'Leave the unit out.',
  );
}
