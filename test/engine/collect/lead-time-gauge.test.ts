import { describe, expect, test } from 'vitest';
import { LeadTimeGauge } from '../../../src/engine/collect/lead-time-gauge.js';
import { seconds } from '../../../src/kernel/micros.js';

describe('the lead time', () => {
  test('is lag, period, placement and start together, the last two as nine pods in ten have it', () => {
    const gauge = new LeadTimeGauge();
    for (let i = 1; i <= 10; i += 1) gauge.podReady(seconds(0), seconds(i), seconds(i + 20));
    gauge.tick(seconds(100), seconds(95));
    expect(gauge.tick(seconds(115), seconds(108))).toEqual({
      micros: seconds(7 + 15 + 9 + 20),
      metricsMicros: seconds(7),
      periodMicros: seconds(15),
      placementMicros: seconds(9),
      startMicros: seconds(20),
      pods: 10,
    });
  });

  test('takes nothing from pods that were found ready', () => {
    const gauge = new LeadTimeGauge();
    for (let i = 0; i < 20; i += 1) gauge.podReady(seconds(0), seconds(0), seconds(0));
    gauge.podReady(seconds(10), seconds(10), seconds(100));
    expect(gauge.tick(seconds(115), null)).toMatchObject({ startMicros: seconds(90), pods: 1 });
  });

  test('forgets how slow it was once 32 newer pods have come up', () => {
    const gauge = new LeadTimeGauge();
    for (let i = 0; i < 10; i += 1) gauge.podReady(seconds(0), seconds(300), seconds(400));
    for (let i = 0; i < 32; i += 1) gauge.podReady(seconds(0), seconds(0), seconds(5));
    expect(gauge.tick(seconds(1000), null)).toMatchObject({ placementMicros: 0, startMicros: seconds(5), pods: 32 });
  });

  test('knows nothing at first, and says so', () => {
    expect(new LeadTimeGauge().tick(seconds(15), null)).toMatchObject({ micros: 0, pods: 0 });
  });
});
