import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/domain/errors.js';
import type { RunReport } from '../../../src/domain/run-result.js';
import { builtIn } from '../../../src/engine/registries.js';
import { readJournalHeader, writeJournalHeader } from '../../../src/experiment/journal-header.js';
import { summariseRun } from '../../../src/experiment/results/summarise-run.js';
import { runScenario } from '../../../src/experiment/run-scenario.js';
import { loadScenario } from '../../../src/experiment/scenario/load-scenario.js';
import type { LoadedScenario } from '../../../src/experiment/scenario/loaded-scenario.js';
import { allCharts } from '../../../src/report/charts/all-charts.js';
import { verticalSentences } from '../../../src/report/explain/vertical-sentences.js';
import { reportMarkdown } from '../../../src/report/markdown.js';
import { summaryText } from '../../../src/report/summary-text.js';

interface Parts {
  readonly pod?: string;
  readonly jvm?: string | null;
  readonly memory?: string;
  readonly vertical?: string;
  readonly more?: string;
}

const LEAN = 'nonHeap: { classes: 13000, threads: 50, codeCache: 64Mi }, allocation: 1Gi, traceSpeed: 500Mi';

async function load(parts: Parts): Promise<LoadedScenario> {
  const { pod = 'discipline: cfs', jvm = `live: 100Mi, ${LEAN}`, vertical, more = '' } = parts;
  const { memory = 'request: 1Gi, limit: 1Gi' } = parts;
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'own.yaml');
  writeFileSync(
    file,
    `duration: 30m
warmUp: 1m
traffic: [{ to: web, generate: { constant: 40/s } }]
workloads:
  web:
    pod: { ${pod}, cpu: { request: "2", limit: "2" }, memory: { ${memory} }${jvm === null ? '' : `, jvm: { ${jvm} }`} }
    serve: { cpu: 20ms }
    replicas: 3
    ${vertical === undefined ? '' : `vertical: { ${vertical} }`}
nodes: [{ type: aws/m5.xlarge, count: 6 }]
${more}`,
  );
  return loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
}

async function mistake(parts: Parts): Promise<string> {
  const error: unknown = await load(parts).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof InputError)) throw new Error('must be refused');
  return error.message;
}

async function report(parts: Parts): Promise<RunReport> {
  const scenario = await load(parts);
  return summariseRun(scenario, await runScenario(scenario, { registries: builtIn }));
}

describe('a pod with a JVM', () => {
  test('is refused where its heap could not be what is said of it', async () => {
    expect(await mistake({ pod: 'discipline: fcfs' })).toContain(
      'must be cfs or processor-sharing for a pod with a JVM',
    );
    expect(await mistake({ memory: 'request: 1Gi' })).toContain('must be given for a pod with a JVM, was missing');
    expect(await mistake({ memory: 'request: 1Gi, limit: 1Gi, idle: 300Mi' })).toContain(
      'pod.memory.idle must not be given',
    );
    expect(await mistake({ more: 'cluster: { cpuShares: true }' })).toContain('where cluster.cpuShares is true');
    expect(await mistake({ more: 'cluster: { restartDelay: 0s }' })).toContain(
      'must be above 0s where a pod has a JVM',
    );
    expect(await mistake({ jvm: `live: 100Mi, sizing: { by: openj9 }, ${LEAN}` })).toContain(
      'where openj9 sizes the heap',
    );
  });

  test('goes with the policy jvm only where the heap follows what the policy sets', async () => {
    const byPercentage = `live: 100Mi, sizing: { by: hotspot, maxRamPercentage: 75% }, ${LEAN}`;
    expect(await mistake({ jvm: null, vertical: 'policy: jvm' })).toContain('must not be jvm for pods without a JVM');
    expect(await mistake({ jvm: byPercentage, vertical: 'policy: jvm' })).toContain(
      'must be what the JVM is started with (75%), was none',
    );
    expect(
      await mistake({ jvm: `live: 100Mi, sizing: { by: hotspot, xmx: 500Mi }, ${LEAN}`, vertical: 'policy: jvm' }),
    ).toContain('must be paketo, or hotspot with maxRamPercentage');
    const { engine, identity } = await load({ jvm: byPercentage, vertical: 'policy: jvm, maxRamPercentage: 75%' });
    expect(engine.workloads[0].vertical).toMatchObject({
      name: 'jvm',
      config: { tolerance: 0.1, settleMicros: 3600e6 },
    });
    expect(readJournalHeader(writeJournalHeader({ identity, engine }), 'test').engine).toEqual(engine);
  });

  test('shows in terminal, report and charts, and one that does not start says why', async () => {
    const run = await report({
      memory: 'request: 512Mi, limit: 512Mi',
      jvm: 'live: 100Mi, sizing: { by: paketo }, allocation: 1Gi, traceSpeed: 500Mi',
    });
    const why = 'its fixed regions need 585.3 MiB, more than the limit of 512 MiB';
    expect(summaryText(run.result)).toContain(why);
    expect(reportMarkdown(run)).toContain('JVMs after the warm-up');
    expect(reportMarkdown(run)).toContain(why);
    const served = await report({});
    expect(served.result.workloads.web.jvm).toMatchObject({ failedStarts: 0, outOfMemory: 0 });
    expect(served.result.workloads.web.jvm?.pausedShare).toBeGreaterThan(0);
    expect(summaryText(served.result)).toMatch(/Paused in GC, web +\S+%/);
    expect(allCharts(served).map(({ id }) => id)).toContain('gc');
    const plain = await report({ jvm: null });
    expect(plain.result.workloads.web.jvm).toBeUndefined();
    expect(allCharts(plain).map(({ id }) => id)).not.toContain('gc');
  });
});

describe('a container sized by its heap, and by its resident memory', () => {
  const share = { jvm: 'policy: jvm, maxRamPercentage: 75%, settle: 5m', vpa: 'policy: vpa' };

  function last({ decisions }: RunReport): { target: number; memory: number | null } {
    const vertical = decisions.at(-1)?.vertical;
    return {
      target: vertical?.recommendation.memory?.target ?? NaN,
      memory: vertical?.template.memoryLimitMiB ?? null,
    };
  }

  test('one that is too large: VPA confirms the limit, jvm finds what is needed', async () => {
    const parts = {
      memory: 'request: 2Gi, limit: 2Gi',
      jvm: `live: 100Mi, sizing: { by: hotspot, maxRamPercentage: 75% }, ${LEAN}`,
    };
    const [vpa, jvm] = [
      await report({ ...parts, vertical: share.vpa }),
      await report({ ...parts, vertical: share.jvm }),
    ];
    // Three quarters of 2 GiB and 209 MiB besides are resident; 15% more is the limit again.
    expect(Math.abs(last(vpa).target / 2048 - 1)).toBeLessThan(0.05);
    // A quarter of it has to hold 209 MiB, up to the next bound of a histogram; three times 100 MiB of heap then fit as well.
    expect(last(jvm).memory).toBeGreaterThanOrEqual(836);
    expect(last(jvm).memory).toBeLessThan(920);
    expect(jvm.result.requests.failed).toBeLessThan(0.01 * jvm.result.requests.offered);
    const evicting = jvm.decisions.find(({ vertical }) => (vertical?.evict.length ?? 0) > 0);
    if (evicting === undefined) throw new Error('nobody was evicted');
    const said = verticalSentences(evicting).join('. ');
    expect(said).toMatch(
      /of the heap stay in use after collections, so it is to have 3\d\d MiB; 2\d\d MiB are not heap/,
    );
    expect(said).toContain('evicted to come back with that');
  });

  test('one that is too small: jvm finds the larger one, and less time is spent collecting', async () => {
    const parts = {
      memory: 'request: 900Mi, limit: 900Mi',
      jvm: `live: 350Mi, sizing: { by: hotspot, maxRamPercentage: 65% }, ${LEAN}`,
    };
    const [vpa, jvm] = [
      await report({ ...parts, vertical: share.vpa }),
      await report({ ...parts, vertical: share.jvm.replace('75', '65') }),
    ];
    expect(last(vpa).target).toBeLessThan(1000);
    expect(last(jvm).memory).toBeGreaterThan(1500);
    const paused = (run: RunReport): number => run.result.workloads.web.jvm?.pausedShare ?? NaN;
    expect(paused(jvm)).toBeLessThan(0.6 * paused(vpa));
  });
});
