import type { Comparison } from '../../domain/comparison.js';

/** The JSON document of a comparison: a metric of each other run against the first, and what was chosen differently. */
export function comparisonJson({ first, others }: Comparison): string {
  const document = {
    runs: [first, ...others.map(({ name }) => name)],
    metrics: others.flatMap(({ name: run, metrics }) => metrics.map(({ name, ...rest }) => ({ name, run, ...rest }))),
    settings: others.flatMap(({ name: run, settings }) => settings.map((setting) => ({ run, ...setting }))),
    warnings: others.flatMap(({ warnings }) => warnings),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
