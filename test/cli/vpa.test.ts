import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, hindcast } from './captured-io.js';

const folder = emptyFolder();
const recording = join(folder, 'usage.csv');
// Three days of 40% of a core and 700 MiB, a sample every five minutes.
const rows = Array.from({ length: 3 * 288 }, (_, i) => `${1_376_314_846 + 300 * i},40,${700 * 1024}`);
writeFileSync(recording, `timestamp_s,value,mem_used_kb\n${rows.join('\n')}\n`);

describe('hindcast vpa', () => {
  test('says what VPA would have asked for, and what that would have saved', async () => {
    const { code, out, err } = await hindcast(['vpa', recording, '--cpu', '1', '--memory', '2Gi'], folder);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/: 72 h, [1-9]\d* updates; last target 476m, /);
    expect(out).toMatch(/CPU requested, mean +\d+m +1,000m\n/);
    expect(out).toMatch(/CPU requested and not used +\d+(\.\d+)?m +600m\n/);
    expect(out).toMatch(/OOM kills +0 +0\n/);
  });

  test('Off only recommends', async () => {
    const { out } = await hindcast(['vpa', recording, '--mode', 'Off', '--json'], folder);
    const [replay] = JSON.parse(out).replays;
    expect(replay.updates).toEqual([]);
    expect(replay.fit).toEqual(replay.unchanged);
    expect(replay.recommendations[replay.recommendations.length - 1].target.cpuMillis).toBe(476);
  });

  test.each([
    [['--cpu', 'x'], '--cpu: must be an amount of CPU, as 500m or 2 (cores), was "x"\n'],
    [['--memory-limit', '0Mi'], '--memory-limit: must be above 0, was "0Mi"\n'],
    [['--series', 'nope'], /^--series: must be one of .*, was "nope"\n$/],
  ])('%j is one clear error', async (words, says) => {
    const { code, out, err } = await hindcast(['vpa', recording, ...words], folder);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toEqual(typeof says === 'string' ? says : expect.stringMatching(says));
  });
});
