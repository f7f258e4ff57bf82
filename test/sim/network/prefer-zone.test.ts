import { describe, expect, test } from 'vitest';
import type { WorldSpec } from '../../../src/domain/world-spec.js';
import { patientClient, plainWork, podWorkload } from '../requests/plane-world.js';
import { NetworkRun, tickingWorld, zone } from './network-world.js';

const STOCK_MICROS = 1_000;

/** Three hundred requests to two pods of app in zones a and b, each of which calls stock once; no network. */
function world(topology: 'prefer-zone' | null): WorldSpec {
  const work = { ...plainWork(10), calls: [[{ target: 'stock', probability: 1, client: patientClient }]] };
  const stock = podWorkload('stock', { count: 4 }, {}, plainWork(STOCK_MICROS));
  const balancer = topology === null ? stock.balancer : { ...stock.balancer, topology };
  return tickingWorld(work, {
    count: 300,
    workloads: [podWorkload('app', { count: 2 }, {}, work), { ...stock, balancer }],
  });
}

const places = { app: [zone('a'), zone('b')], stock: [zone('a'), zone('b'), zone('b'), zone('c')] };

function calls(run: NetworkRun): number[] {
  return run.pods.get('stock')!.map((pod) => pod.cpuMicros() / STOCK_MICROS);
}

describe('a balancer that prefers the zone of the caller', () => {
  test('keeps calls in the zone, evenly among its pods; the zone without callers gets none', () => {
    expect(calls(new NetworkRun(world('prefer-zone'), places).to(400))).toEqual([150, 75, 75, 0]);
  });

  test('that does not spreads them over all', () => {
    expect(calls(new NetworkRun(world(null), places).to(400))).toEqual([75, 75, 75, 75]);
  });

  test('uses all endpoints when the zone has none left, and comes back when it has one again', () => {
    const run = new NetworkRun(world('prefer-zone'), places).to(100);
    const stock = run.plane.workload('stock');
    const pods = run.pods.get('stock')!;
    expect(calls(run)).toEqual([50, 25, 25, 0]);
    stock.route(pods.slice(1));
    run.to(160);
    const [a, b, other, c] = calls(run);
    expect(a).toBe(50);
    expect([b - 25, other - 25, c]).toEqual([25, 25, 10]);
    stock.route(pods);
    run.to(300);
    expect(calls(run)[0]).toBe(50 + 70);
    expect(calls(run)[3]).toBe(10);
  });

  test('has no zone to prefer for clients outside', () => {
    const work = plainWork(STOCK_MICROS);
    const stock = podWorkload('app', { count: 3 }, {}, work);
    const zoned = { ...stock, balancer: { ...stock.balancer, topology: 'prefer-zone' } as const };
    const run = new NetworkRun(tickingWorld(work, { count: 300, workloads: [zoned] }), { app: places.stock }).to(400);
    expect(run.pods.get('app')!.map((pod) => pod.cpuMicros() / STOCK_MICROS)).toEqual([100, 100, 100]);
  });
});
