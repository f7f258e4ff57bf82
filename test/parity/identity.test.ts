import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { RunResult, SeriesTable } from '../../src/domain/run-result.js';
import { builtIn } from '../../src/engine/registries.js';
import { runScenario } from '../../src/experiment/run-scenario.js';
import type { LoadedScenario } from '../../src/experiment/scenario/loaded-scenario.js';
import { micros, seconds } from '../../src/kernel/micros.js';
import { loadShipped } from '../golden/golden-run.js';

function journalIn(environment: Record<string, string>): RunResult['journal'] {
  const words = ['--import', 'tsx', 'src/cli/main.ts', 'run', 'scenarios/drain.yaml', '--json', '--quiet'];
  const text = execFileSync(process.execPath, words, { encoding: 'utf8', env: { ...process.env, ...environment } });
  return (JSON.parse(text) as RunResult).journal;
}

async function drain(): Promise<Pick<LoadedScenario, 'world' | 'engine'>> {
  const loaded = await loadShipped('scenarios/drain.yaml');
  if (typeof loaded === 'string') throw new Error(loaded);
  return { world: { ...loaded.world, durationMicros: seconds(900) }, engine: loaded.engine };
}

async function tableOf(
  scenario: Pick<LoadedScenario, 'world' | 'engine'>,
  name: string,
): Promise<SeriesTable['columns']> {
  const { measurement } = await runScenario(scenario, { registries: builtIn });
  const table = measurement.series.tables.find(({ entity }) => entity === name);
  if (table === undefined) throw new Error(`no table of ${name}`);
  return table.columns;
}

describe('the same identity', () => {
  it('gives the same journal in a fresh process, whatever the time zone and the locale', () => {
    const here = journalIn({ TZ: 'UTC', LANG: 'C.UTF-8' });
    expect(journalIn({ TZ: 'Asia/Kathmandu', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' })).toEqual(here);
    expect(here.entries).toBeGreaterThan(100);
  });
});

describe('draws belong to what they are drawn for', () => {
  it('a workload with traffic of its own elsewhere shifts nothing', async () => {
    const alone = await drain();
    const [web] = alone.world.workloads;
    const [traffic] = alone.world.traffic;
    const both = {
      world: {
        ...alone.world,
        workloads: [{ ...web, name: 'other', initialReplicas: 3 }, web],
        traffic: [{ ...traffic, name: 'others', to: 'other' }, traffic],
      },
      engine: {
        ...alone.engine,
        workloads: [{ ...alone.engine.workloads[0], name: 'other' }, ...alone.engine.workloads],
      },
    };
    expect(await tableOf(both, 'web')).toEqual(await tableOf(alone, 'web'));
  });

  it('a fault elsewhere shifts nothing before it, and no arrival after it', async () => {
    const calm = await drain();
    const kill = { kind: 'killPods', at: micros(seconds(600)), workload: 'web', pods: { count: 2 } } as const;
    const before = await tableOf(calm, 'service');
    const after = await tableOf({ ...calm, world: { ...calm.world, faults: [kill] } }, 'service');
    expect(after.offered).toEqual(before.offered);
    const untilFault = Math.floor((600 + 300) / (calm.world.stepMicros / 1e6)) - 1;
    expect(after.served.slice(0, untilFault)).toEqual(before.served.slice(0, untilFault));
    expect(after.failed).not.toEqual(before.failed);
  });
});
