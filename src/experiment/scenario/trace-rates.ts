import type { RateSeries } from '../../domain/rate-series.js';
import { InputError } from '../../domain/errors.js';
import { traceToRates } from '../../traces/trace-to-rates.js';
import { formatDuration } from './format-duration.js';
import type { ReadTrace } from './read-traces.js';
import type { RunSpan } from './run-span.js';
import type { SourceTree } from './source-tree.js';
import type { Path } from './tree.js';

/**
 * The offered load of a run from a recorded trace, over the warm-up and the run.
 *
 * Time zero of the run is `from` of the trace. The warm-up plays what the recording holds before it; where it holds nothing, the first rate is held.
 */
export function ratesOfTrace({ trace, spec }: ReadTrace, span: RunSpan, tree: SourceTree, path: Path): RateSeries {
  const from = spec.from ?? 0;
  const before = Math.min(from, span.warmUpMicros);
  const end = trace.values.length * trace.binMicros;
  const length = spec.length ?? (spec.repeat === 1 ? Math.min(end - from, span.durationMicros) : end - from);
  const played = length * spec.repeat;
  if (from < end && played < span.durationMicros) {
    tree.reject(
      path,
      `must last the whole run (${formatDuration(span.durationMicros)}), lasted ${formatDuration(played)}`,
      'Shorten duration, take a longer part of the trace, or repeat it.',
    );
  }
  const slice = (fromMicros: number, lengthMicros: number, repeat: number): RateSeries =>
    placed(tree, path, () => traceToRates(trace, { fromMicros, lengthMicros, scale: spec.scale, repeat }));
  const main = cut(slice(from, length, spec.repeat), span.durationMicros);
  const lead = before > 0 ? slice(from - before, before, 1) : null;
  return withLead(main, lead, span.warmUpMicros, before);
}

/** Errors of the slice point at the section of the scenario, not at the trace. */
function placed<T>(tree: SourceTree, path: Path, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const key = error.place.path;
    return tree.reject(key === undefined ? path : [...path, key], error.problem, error.hint);
  }
}

function cut(series: RateSeries, until: number): RateSeries {
  const bins = series.edgesMicros.findIndex((edge) => edge >= until);
  const edgesMicros = series.edgesMicros.slice(0, bins + 1);
  edgesMicros[bins] = until;
  return { edgesMicros, ratePerSecond: series.ratePerSecond.slice(0, bins) };
}

function withLead(main: RateSeries, lead: RateSeries | null, warmUp: number, before: number): RateSeries {
  const edges: number[] = [];
  const rates: number[] = [];
  if (warmUp > before) {
    edges.push(-warmUp);
    rates.push(lead === null ? main.ratePerSecond[0] : lead.ratePerSecond[0]);
  }
  if (lead !== null) {
    for (let i = 0; i < lead.ratePerSecond.length; i += 1) {
      edges.push(lead.edgesMicros[i] - before);
      rates.push(lead.ratePerSecond[i]);
    }
  }
  return {
    edgesMicros: Float64Array.from([...edges, ...main.edgesMicros]),
    ratePerSecond: Float64Array.from([...rates, ...main.ratePerSecond]),
  };
}
