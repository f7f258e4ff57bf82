import { describe, expect, test } from 'vitest';
import { micros } from '../../../src/kernel/micros.js';
import { ConnectionRun, connectionWorld, sum } from './connection-world.js';

const forEver = { size: 100, maxAgeMicros: null, maxRequests: null };
const aMinute = { ...forEver, maxAgeMicros: micros(60e6) };

/** Share of the requests of some seconds that pods 4 to 7 got. */
function shareOfNew(requests: readonly number[]): number {
  return sum(requests.slice(4)) / sum(requests);
}

describe('four pods become eight', () => {
  test('a hundred connections that are never closed: nothing reaches the new four', () => {
    const run = new ConnectionRun(connectionWorld('connection', forEver));
    run.go(60);
    run.grow(4);
    const requests = run.go(600);
    expect(requests.slice(4)).toEqual([0, 0, 0, 0]);
    expect(sum(requests)).toBeGreaterThan(590_000);
    expect(run.last('podsReached')).toBe(4);
    expect(run.last('connections')).toBe(100);
  });

  test('per request: half does, at once', () => {
    const run = new ConnectionRun(connectionWorld('request', forEver));
    run.go(60);
    run.grow(4);
    expect(shareOfNew(run.go(10))).toBeCloseTo(0.5, 2);
  });

  test('a maximum age of 60 s: none at first, an even split once every connection has been closed', () => {
    const run = new ConnectionRun(connectionWorld('connection', aMinute));
    run.go(120);
    const before = run.last('connections');
    run.grow(4);
    const minutes = [run.go(30), run.go(36), run.go(60)];
    expect(before).toBe(100);
    expect(shareOfNew(minutes[0])).toBeLessThan(0.5);
    // All connections older than the growth are closed within 66 s of it; the balancer has opened each anew over eight pods in turn.
    expect(shareOfNew(minutes[2])).toBeGreaterThan(0.48);
    expect(shareOfNew(minutes[2])).toBeLessThan(0.52);
    expect(run.last('podsReached')).toBe(8);
  });

  test('connections that opened together are not closed together: a tenth of their age lies between the first and the last', () => {
    const run = new ConnectionRun(connectionWorld('connection', aMinute));
    const opened = Array.from({ length: 70 }, () => {
      run.go(1);
      return run.last('connectionsOpened');
    });
    expect(opened[0]).toBe(100);
    expect(sum(opened.slice(1, 54))).toBe(0);
    expect(sum(opened.slice(54, 67))).toBe(100);
    expect(Math.max(...opened.slice(54, 67))).toBeLessThan(25);
  });

  test('a maximum number of requests: each connection is opened anew after as many', () => {
    const run = new ConnectionRun(connectionWorld('connection', { ...forEver, maxRequests: 50 }));
    run.go(60);
    run.grow(4);
    // A hundred connections use up 5,000 requests in five seconds.
    run.go(6);
    expect(shareOfNew(run.go(60))).toBeCloseTo(0.5, 1);
    expect(run.last('connectionsOpened')).toBeGreaterThan(1150);
    expect(run.last('connectionsOpened')).toBeLessThan(1250);
  });

  test('least connections counts connections: new ones fill the empty pods first', () => {
    const run = new ConnectionRun(connectionWorld('connection', aMinute, 'least-connections'));
    run.go(120);
    run.grow(4);
    // Half of the connections, once closed, bring the new pods level; from then on all are alike.
    run.go(66);
    expect(run.go(30).every((requests) => Math.abs(requests / 3750 - 1) < 0.1)).toBe(true);
  });
});

describe('a pod that leaves', () => {
  test('keeps its connections while it listens, although the balancer no longer routes to it', () => {
    const run = new ConnectionRun(connectionWorld('connection', forEver));
    run.go(10);
    run.route(run.pods.slice(1));
    const requests = run.go(10);
    expect(requests[0] / sum(requests)).toBeCloseTo(0.25, 2);
  });

  test('closes them when it stops listening: they move to the others and nothing is lost', () => {
    const run = new ConnectionRun(connectionWorld('connection', forEver));
    run.go(10);
    run.route(run.pods.slice(1));
    run.pods[0].listen(false);
    const requests = run.go(10);
    expect(requests[0]).toBe(0);
    expect(run.last('connectionsClosedByPods')).toBe(25);
    expect(run.plane.totals().requests.failed).toBe(0);
  });

  test('loses what is opened to it while the balancer does not know: a quarter of what is tried', () => {
    const run = new ConnectionRun(connectionWorld('connection', forEver));
    run.go(10);
    run.pods[0].listen(false);
    run.go(2);
    const { failed } = run.plane.totals().requests;
    // The 25 connections it closed are opened anew by turns of four pods, some of them again and again until they meet another one.
    expect(run.plane.totals().refusedByScaling).toBe(failed);
    expect(failed).toBeGreaterThan(0);
    expect(failed).toBeLessThan(25);
    run.route(run.pods.slice(1));
    run.go(10);
    expect(run.plane.totals().requests.failed).toBe(failed);
  });
});
