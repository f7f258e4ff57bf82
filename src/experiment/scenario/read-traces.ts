import { InputError } from '../../domain/errors.js';
import { type LoadedTrace, loadTrace } from '../../traces/load-trace.js';
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

/** Traces that have been read, by what was asked for. */
export type TraceMemory = Map<string, LoadedTrace>;

/** Where traces come from. */
interface TraceSources {
  /** Where known traces lie; null where nowhere. */
  readonly dataDirectory: string | null;
  readonly traces?: TraceMemory;
}

/** A known trace is not on this machine: a suite of scenarios may skip such a one by name. */
export class AbsentTraceError extends InputError {}

/** Reads the trace of every source, null where traffic is generated. Throws InputError, AbsentTraceError for a known trace without its file. */
export async function readTraces(
  scenario: Scenario,
  tree: SourceTree,
  sources: TraceSources,
): Promise<readonly (ReadTrace | null)[]> {
  const read: (ReadTrace | null)[] = [];
  for (const [i, { trace: spec }] of scenario.traffic.entries()) {
    read.push(spec === undefined ? null : await readOne(spec, tree, i, sources));
  }
  return read;
}

async function readOne(spec: TraceSpec, tree: SourceTree, i: number, sources: TraceSources): Promise<ReadTrace> {
  const path = ['traffic', i, 'trace', spec.file === undefined ? 'name' : 'file'];
  try {
    const loaded = await remembered(spec, tree.folderOf(path), sources);
    if (loaded.kind === 'present') return { trace: loaded.trace, spec };
    const { source, line } = tree.placeOf(path);
    throw new AbsentTraceError({ source, line, path: pathText(path) }, 'must be a trace that is here', loaded.sentence);
  } catch (error) {
    if (!(error instanceof InputError) || error.place.source !== 'trace') throw error;
    return tree.reject(path, error.problem, error.hint);
  }
}

async function remembered(spec: TraceSpec, scenario: string, sources: TraceSources): Promise<LoadedTrace> {
  const key = JSON.stringify([scenario, spec]);
  const known = sources.traces?.get(key);
  if (known !== undefined) return known;
  const loaded = await loadTrace(spec, { scenario, data: sources.dataDirectory });
  sources.traces?.set(key, loaded);
  return loaded;
}
