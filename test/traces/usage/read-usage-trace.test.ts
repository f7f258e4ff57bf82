import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readUsageTrace } from '../../../src/traces/usage/read-usage-trace.js';
import { traceFiles } from '../trace-file.js';

const write = traceFiles();
let written = 0;

function file(...lines: readonly string[]): string {
  written += 1;
  return write(`${written}.csv`, `${lines.join('\n')}\n`);
}

const recorded = join(process.env.HINDCAST_DATA ?? '../shared/data', 'traces');
const present = existsSync(recorded);
if (!present) console.warn(`skipped: no recordings in ${recorded}; set HINDCAST_DATA to where they lie`);

describe('a recording of usage', () => {
  test("of Bitbrains' own kind: MHz of MHz provisioned, KB of memory, stamps in seconds whatever the header says", async () => {
    const path = file(
      'Timestamp [ms];\tCPU cores;\tCPU capacity provisioned [MHZ];\tCPU usage [MHZ];\tCPU usage [%];\tMemory usage [KB]',
      '1376314846;\t2;\t5200;\t1300;\t25;\t2097152',
      '1376315146;\t2;\t5200;\t2600;\t50;\t1048576',
    );
    const { series, startEpochMicros, notes } = await readUsageTrace(path);
    expect(startEpochMicros).toBe(1376314846e6);
    expect([...series[0].timesMicros]).toEqual([0, 300e6]);
    expect([...series[0].cpuMillis]).toEqual([500, 1000]);
    expect([...series[0].memoryMiB!]).toEqual([2048, 1024]);
    expect(notes).toEqual(['CPU is MHz used of MHz provisioned']);
  });

  test('of a table of machines: empty means no sample, MHz where some number exceeds 100', async () => {
    const { series, notes } = await readUsageTrace(file('timestamp_s,vm1,vm2', '0,26,', '300,52,2600'));
    expect(series.map(({ name }) => name)).toEqual(['vm1', 'vm2']);
    expect([...series[0].cpuMillis]).toEqual([10, 20]);
    expect([...series[1].cpuMillis]).toEqual([Number.NaN, 1000]);
    expect(notes).toEqual(['values are taken as MHz, since some exceed 100 (2600); a core is 2600 MHz']);
    const percent = await readUsageTrace(file('timestamp_s,vm1', '0,26', '300,52', '600,1'), { cores: 2 });
    expect([...percent.series[0].cpuMillis]).toEqual([520, 1040, 20]);
    expect(percent.startEpochMicros).toBeNull();
  });

  test('of machines in percent: memory only where its size is known', async () => {
    const path = file('timestamp_s,value,mem_util_percent', '0,50,25', '30,100,50');
    expect(await readUsageTrace(path)).toMatchObject({ series: [{ memoryMiB: null }] });
    const { series } = await readUsageTrace(path, { memoryMiB: 1000 });
    expect([...series[0].cpuMillis]).toEqual([48_000, 96_000]);
    expect([...series[0].memoryMiB!]).toEqual([250, 500]);
  });

  test.each([
    [['a,b', '1,2'], /:1: must be a recording of usage that is known, had the columns a, b/],
    [['timestamp_s,vm1', '0,1', '300,x'], /:3: must be a number not below 0 or empty, was "x"/],
    [['timestamp_s,vm1', '0,1', '300,-1'], /:3: must be a number not below 0/],
    [['timestamp_s,vm1', '300,1', '0,1'], /:3: times must rise, was 0 after 300/],
    [['timestamp_s,vm1', '0,1', '300,1,2'], /:3: must have 2 columns as the header, had 3/],
    [['timestamp_s,vm1', '0,1'], /must hold at least two samples, held 1/],
    [[''], /must hold a usage recording, was empty/],
  ])('%j is refused with the line', async (lines, message) => {
    await expect(readUsageTrace(file(...lines))).rejects.toThrow(message);
  });

  test.skipIf(!present)('of Bitbrains says the same as file of its own and as normalised columns', async () => {
    const own = await readUsageTrace(join(recorded, 'bitbrains-vm1', 'raw_head.csv'));
    const columns = await readUsageTrace(join(recorded, 'bitbrains-vm1', 'bitbrains-vm1.csv'));
    expect(columns.series[0].timesMicros).toHaveLength(8619);
    for (const i of [0, 1, 50, 150]) {
      expect(own.series[0].cpuMillis[i]).toBeCloseTo(columns.series[0].cpuMillis[i], 2);
      expect(own.series[0].memoryMiB![i]).toBeCloseTo(columns.series[0].memoryMiB![i], 2);
    }
  });

  test.skipIf(!present)('of PlanetLab, Bitbrains and Alibaba is whole', async () => {
    const planetlab = await readUsageTrace(join(recorded, 'planetlab-cpu-20110303', 'vms.csv'));
    expect(planetlab.series).toHaveLength(400);
    expect(planetlab.notes).toEqual(['values are percent, of 1 core each']);
    const bitbrains = await readUsageTrace(join(recorded, 'bitbrains-50vm', 'vms.csv'));
    expect(bitbrains.series).toHaveLength(47);
    expect(bitbrains.series[0].timesMicros).toHaveLength(4032);
    const alibaba = await readUsageTrace(join(recorded, 'alibaba2018-machines', 'alibaba2018-machines.csv'));
    expect(alibaba.series[0].cpuMillis[0]).toBeCloseTo(16.127 * 960, 6);
  });
});
