import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunResult } from '../../src/domain/run-result.js';
import { builtIn } from '../../src/engine/registries.js';
import { summariseRun } from '../../src/experiment/results/summarise-run.js';
import { runScenario } from '../../src/experiment/run-scenario.js';
import { loadScenario } from '../../src/experiment/scenario/load-scenario.js';

/** The result of a scenario written as text. */
export async function resultOfText(text: string): Promise<RunResult> {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'b.yaml');
  writeFileSync(file, text);
  const scenario = await loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
  return summariseRun(scenario, await runScenario(scenario, { registries: builtIn })).result;
}
