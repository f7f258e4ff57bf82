import { expect, test } from 'vitest';
import { KpaLoadWindows } from '../../../src/engine/policy/kpa-load.js';
import { builtIn } from '../../../src/engine/registries.js';
import { zKpaSettings } from '../../../src/engine/policy/kpa-settings.js';
import { micros } from '../../../src/kernel/micros.js';

test.each([0.5, 1, 1.5, 2, 2.5, 10.003, 15.4])(
  'a constant load sampled every %d s is what both windows show',
  (seconds) => {
    const windows = new KpaLoadWindows(zKpaSettings.parse(builtIn.policies.kpa.schema.parse({})));
    let load = { stable: 0, panic: 0 };
    for (let at = 0.25; at < 200; at += seconds) {
      load = windows.take({ value: 100, sampledAt: micros(Math.round(at * 1e6)) });
    }
    expect(load.stable).toBeCloseTo(100, 6);
    expect(load.panic).toBeCloseTo(100, 6);
  },
);
