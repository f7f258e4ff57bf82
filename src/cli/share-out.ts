import type { ManifestSource } from '../experiment/manifests/import-options.js';
import type { Unused } from '../experiment/manifests/imported-scenario.js';
import type { TraceInput, TracePart } from '../experiment/manifests/trace-scenario.js';
import type { RoutedTraffic } from '../experiment/manifests/traffic-routing.js';
import type { Trace } from '../traces/trace.js';
import type { TraceSpec } from '../traces/trace-spec.js';

/** How a recording is shared out among workloads, and what to tell of it; no parts where all of it goes to one. */
export interface SharedOut extends Pick<TraceInput, 'parts' | 'unused'> {
  /** Lines for the terminal. */
  readonly remark: string;
}

/** Shares an access log out among the workloads that its requests went to, where log and manifests say so and `to` does not. Throws InputError as importManifests does. */
export async function shareOut(
  trace: Trace,
  { spec, to, cwd }: { readonly spec: TraceSpec; readonly to: string | undefined; readonly cwd: string },
  sources: readonly ManifestSource[],
): Promise<SharedOut> {
  const log = trace.recorded?.destinations;
  if (to !== undefined || log === undefined) return { remark: '' };
  const { routingOf } = await import('../experiment/manifests/import-manifests.js');
  const routing = routingOf(sources, log);
  if (routing.parts === null) {
    const { why } = routing;
    return { remark: why === null ? '' : `The routes of the manifests cannot share it out: ${why}.\n` };
  }
  const parts = await readParts(routing.parts, spec, cwd);
  if (parts.length === 0)
    return { remark: `No request of ${spec.file ?? 'the log'} goes where ${routing.by} leads.\n` };
  const left = trace.rows - parts.reduce((sum, part) => sum + part.trace.rows, 0);
  return {
    parts,
    unused: [...routing.unused, ...leftOut(left, trace.rows, spec)],
    remark: remarkOf(parts, left, routing.by),
  };
}

async function readParts(
  routed: readonly RoutedTraffic[],
  spec: TraceSpec,
  cwd: string,
): Promise<readonly TracePart[]> {
  const { loadParts } = await import('../traces/load-trace.js');
  const choices = routed.map(({ only }) => only);
  const traces = await loadParts(spec, cwd, choices);
  return routed.flatMap((one, i): TracePart[] => {
    const trace = traces[i];
    return trace === null ? [] : [{ routed: one, trace }];
  });
}

function leftOut(left: number, rows: number, { file = '' }: TraceSpec): readonly Unused[] {
  if (left === 0) return [];
  const what = `${whole(left)} of ${whole(rows)} requests`;
  return [{ place: file, what, why: 'they go to none of the workloads' }];
}

function remarkOf(parts: readonly TracePart[], left: number, by: string): string {
  const shares = parts.map(({ routed, trace }) => `${routed.to} ${whole(trace.rows)}`).join(', ');
  const rest = left === 0 ? '' : `; ${whole(left)} go to none of the workloads and are left out`;
  return `Requests are shared out by ${by}: ${shares}${rest}.\n`;
}

function whole(count: number): string {
  return count.toLocaleString('en');
}
