import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dataDirectory } from '../../src/cli/data-directory.js';
import type { RunReport } from '../../src/domain/run-result.js';
import { builtIn } from '../../src/engine/registries.js';
import { AbsentTraceError } from '../../src/experiment/scenario/read-traces.js';
import { loadScenario } from '../../src/experiment/scenario/load-scenario.js';
import type { LoadedScenario } from '../../src/experiment/scenario/loaded-scenario.js';
import { runScenario } from '../../src/experiment/run-scenario.js';
import { summariseRun } from '../../src/experiment/results/summarise-run.js';

/** Readable numbers of a run and the hash of its journal: what a scenario's `expected` block holds. */
export interface Expected {
  /** The scenario's answer with the run's numbers; null where none of its answers is true. */
  readonly answer: string | null;
  readonly requests: { readonly offered: number; readonly served: number; readonly failed: number };
  readonly podHours: number;
  readonly costUsd: number;
  readonly p99Ms: number | null;
  readonly violatedShare: number;
  readonly journal: string;
}

/** A scenario, run. */
export interface GoldenRun {
  readonly loaded: LoadedScenario;
  readonly report: RunReport;
  readonly lines: readonly string[];
}

/** Files of all scenarios that are shipped. */
export function scenarioFiles(): string[] {
  return readdirSync('scenarios')
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join('scenarios', name));
}

/** Name of a scenario's file without its ending. */
export function scenarioName(file: string): string {
  return basename(file, '.yaml');
}

/** Loads a shipped scenario, or says why it cannot be run here. */
export async function loadShipped(file: string): Promise<LoadedScenario | string> {
  try {
    return await loadScenario(file, { registries: builtIn, dataDirectory: dataDirectory(process), version: 'golden' });
  } catch (error) {
    if (error instanceof AbsentTraceError) return error.message;
    throw error;
  }
}

/** Runs a scenario and keeps its journal. */
export async function runGolden(loaded: LoadedScenario): Promise<GoldenRun> {
  const lines: string[] = [];
  const run = await runScenario(loaded, { registries: builtIn, journalSink: (line) => lines.push(line) });
  return { loaded, report: summariseRun(loaded, run), lines };
}

/** The numbers that a scenario's `expected` block should hold. */
export function expectedOf({ result }: RunReport): Expected {
  const { offered, served, failed } = result.requests;
  return {
    answer: result.answer,
    requests: { offered, served, failed },
    podHours: rounded(result.pods.hours),
    costUsd: rounded(result.cost.total),
    p99Ms: result.latencyMs.p99 === null ? null : rounded(result.latencyMs.p99),
    violatedShare: rounded(result.slo.violatedShare),
    journal: result.journal.hash,
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
