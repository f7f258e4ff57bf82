import { bucketQuantile, type Bucket } from './bucket-quantile.js';
import { labelKey, labelsBut, type Labels } from './labels.js';
import type { QueryKind } from './query-expression.js';
import { asScalar, asVector, type QueryElement, type QueryValue } from './query-value.js';
import { type WindowDefinition, windowFunctions } from './window-functions.js';

/** A function by name: what it takes and gives, and what it does. */
export interface QueryFunction {
  readonly takes: readonly QueryKind[];
  /** How many of the last arguments may be left out. */
  readonly optional?: number;
  readonly gives: 'scalar' | 'vector';
  /** What it does with values; functions of a window have `window` instead. */
  readonly apply?: (args: readonly QueryValue[], nowMicros: number) => QueryValue;
  readonly window?: WindowDefinition;
}

/** All functions by name. Source: Prometheus, "Query functions". */
export const queryFunctions: ReadonlyMap<string, QueryFunction> = new Map<string, QueryFunction>([
  ...[...windowFunctions].map(([name, window]) => [name, ofWindow(window)] as const),
  ...Object.entries({
    abs: Math.abs,
    ceil: Math.ceil,
    floor: Math.floor,
    exp: Math.exp,
    ln: Math.log,
    log2: Math.log2,
    log10: Math.log10,
    sqrt: Math.sqrt,
    sgn: Math.sign,
  }).map(([name, of]) => [name, ofEach(0, (value) => of(value))] as const),
  ['round', { ...ofEach(1, (value, to = 1) => Math.floor(value / to + 0.5) * to), optional: 1 }],
  ['clamp', ofEach(2, (value, least, most) => Math.max(least, Math.min(most, value)))],
  ['clamp_min', ofEach(1, (value, least) => Math.max(least, value))],
  ['clamp_max', ofEach(1, (value, most) => Math.min(most, value))],
  ['time', { takes: [], gives: 'scalar', apply: (_, now) => now / 1e6 }],
  ['vector', { takes: ['scalar'], gives: 'vector', apply: ([value]) => asVector(value) }],
  ['scalar', { takes: ['vector'], gives: 'scalar', apply: ([value]) => only(asVector(value)) }],
  [
    'histogram_quantile',
    { takes: ['scalar', 'vector'], gives: 'vector', apply: ([q, value]) => quantiles(asScalar(q), asVector(value)) },
  ],
]);

function ofWindow(window: WindowDefinition): QueryFunction {
  const { parameter } = window;
  const takes: QueryKind[] =
    parameter === undefined ? ['range'] : parameter === 'before' ? ['scalar', 'range'] : ['range', 'scalar'];
  return { takes, gives: 'vector', window };
}

function ofEach(numbers: number, of: (value: number, ...numbers: number[]) => number): QueryFunction {
  return {
    takes: ['vector', ...Array.from({ length: numbers }, (): QueryKind => 'scalar')],
    gives: 'vector',
    apply: ([value, ...rest]) =>
      asVector(value).map((element) => ({ ...element, value: of(element.value, ...rest.map(asScalar)) })),
  };
}

function only(elements: readonly QueryElement[]): number {
  return elements.length === 1 ? elements[0].value : NaN;
}

/** One for each set of labels beside `le`; what has none is left out. */
function quantiles(q: number, elements: readonly QueryElement[]): readonly QueryElement[] {
  const histograms = new Map<string, { readonly labels: Labels; readonly buckets: Bucket[] }>();
  for (const { labels, value } of elements) {
    const upperBound = bound(labels.get('le'));
    if (Number.isNaN(upperBound)) continue;
    const others = labelsBut(labels, ['le']);
    const key = labelKey(others);
    const known = histograms.get(key) ?? { labels: others, buckets: [] };
    histograms.set(key, known);
    known.buckets.push({ upperBound, count: value });
  }
  return [...histograms.values()].map(({ labels, buckets }) => ({ labels, value: bucketQuantile(q, buckets) }));
}

function bound(le: string | undefined): number {
  if (le === undefined || le === '') return NaN;
  return le === '+Inf' ? Infinity : Number(le);
}
