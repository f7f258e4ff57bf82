import { InputError } from '../../domain/errors.js';
import { loadTrace } from '../../traces/load-trace.js';
import type { Trace } from '../../traces/trace.js';
import type { TraceSpec } from '../../traces/trace-spec.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';
import { pathText } from './tree.js';

/** A trace in memory and the part of it that a source plays. */
export interface ReadTrace {
  readonly trace: Trace;
  readonly spec: TraceSpec;
}

/** A known trace is not on this machine: a suite of scenarios may skip such a one by name. */
export class AbsentTraceError extends InputError {}

/** Reads the trace of every source, null where traffic is generated. Throws InputError, AbsentTraceError for a known trace without its file. */
export async function readTraces(
  scenario: Scenario,
  tree: SourceTree,
  dataDirectory: string | null,
): Promise<readonly (ReadTrace | null)[]> {
  const read: (ReadTrace | null)[] = [];
  for (const [i, { trace: spec }] of scenario.traffic.entries()) {
    read.push(spec === undefined ? null : await readOne(spec, tree, i, dataDirectory));
  }
  return read;
}

async function readOne(spec: TraceSpec, tree: SourceTree, i: number, dataDirectory: string | null): Promise<ReadTrace> {
  const path = ['traffic', i, 'trace', spec.file === undefined ? 'name' : 'file'];
  try {
    const loaded = await loadTrace(spec, { scenario: tree.folderOf(path), data: dataDirectory });
    if (loaded.kind === 'present') return { trace: loaded.trace, spec };
    const { source, line } = tree.placeOf(path);
    throw new AbsentTraceError({ source, line, path: pathText(path) }, 'must be a trace that is here', loaded.sentence);
  } catch (error) {
    if (!(error instanceof InputError) || error.place.source !== 'trace') throw error;
    return tree.reject(path, error.problem, error.hint);
  }
}
