import { describe, expect, test } from 'vitest';
import type { Quota } from '../../../src/domain/engine-config.js';
import { allocate } from '../../../src/engine/allocate/allocate.js';
import type { AllocationRequest, Room } from '../../../src/engine/allocate/allocation.js';
import { workload } from '../fixture.js';

const noQuota: Quota = { pods: null, cpuMillis: null, memoryMiB: null };

function request(name: string, from: number | null, desired: number, placed = from ?? 0): AllocationRequest {
  return { workload: workload({ name }), from, desired, placed };
}

function given(requests: AllocationRequest[], quota: Partial<Quota>, room: Room[] | null = null) {
  return allocate(requests, { quota: { ...noQuota, ...quota }, room: () => room });
}

describe('bounds', () => {
  test('too many become the most, too few the least, with the rule that said so', () => {
    const [up, down, fine] = given([request('a', 4, 50), request('b', 4, 0), request('c', 4, 5)], {});
    expect(up).toEqual({
      desired: 10,
      reason: 'at-maximum',
      rules: [{ rule: 'max', before: 50, after: 10, numbers: { max: 10 } }],
    });
    expect(down).toMatchObject({ desired: 2, reason: 'at-minimum', rules: [{ rule: 'min', before: 0, after: 2 }] });
    expect(fine).toEqual({ desired: 5, reason: null, rules: [] });
  });

  test('a workload set to zero by hand stays there, and one that nobody has spoken of is left alone', () => {
    expect(given([request('a', 0, 0), request('b', null, 1)], {}).map(({ desired }) => desired)).toEqual([0, 1]);
  });
});

describe('quota', () => {
  test('growth is granted in the order of the workloads', () => {
    const [first, second, third] = given([request('a', 2, 5), request('b', 2, 5), request('c', 2, 5)], { pods: 10 });
    expect([first, second, third].map(({ desired }) => desired)).toEqual([5, 3, 2]);
    expect(first.reason).toBeNull();
    expect(second).toMatchObject({
      reason: 'quota',
      rules: [{ rule: 'quota', before: 5, after: 3, numbers: { resource: 'pods', limit: 10, left: 0 } }],
    });
    expect(third.reason).toBe('quota');
  });

  test('nobody is evicted and no minimum is refused, even beyond the quota; what one gives up another may take', () => {
    expect(given([request('a', 6, 6), request('b', 6, 6)], { pods: 4 }).map(({ desired }) => desired)).toEqual([6, 6]);
    expect(given([request('a', 6, 6), request('b', 1, 9)], { pods: 4 }).map(({ desired }) => desired)).toEqual([6, 2]);
    expect(given([request('a', 2, 8), request('b', 6, 2)], { pods: 8 }).map(({ desired }) => desired)).toEqual([6, 2]);
  });

  test('CPU and memory count by their requests, and the tighter one is named', () => {
    const cpu = given([request('a', 2, 9)], { cpuMillis: 2700, memoryMiB: 512 * 8 });
    expect(cpu[0]).toMatchObject({ desired: 5, rules: [{ numbers: { resource: 'cpuMillis', limit: 2700 } }] });
    const memory = given([request('a', 2, 9)], { cpuMillis: 5000, memoryMiB: 512 * 4 });
    expect(memory[0]).toMatchObject({ desired: 4, rules: [{ numbers: { resource: 'memoryMiB' } }] });
  });
});

describe('priority', () => {
  const prior = (name: string, priority: number, from: number, desired: number): AllocationRequest => ({
    ...request(name, from, desired),
    workload: workload({ name, scheduling: { priority } }),
  });

  test('the higher one is served first, wherever it stands, and the others are told how many went before', () => {
    const [low, high, none] = given([prior('low', -5, 2, 6), prior('high', 10, 2, 6), request('none', 2, 6)], {
      pods: 12,
    });
    expect([low, high, none].map(({ desired }) => desired)).toEqual([2, 6, 4]);
    expect(high.rules).toEqual([]);
    expect(none.rules).toEqual([
      {
        rule: 'quota',
        before: 6,
        after: 4,
        numbers: { resource: 'pods', limit: 12, left: 0, priority: 0, ahead: 4 },
      },
    ]);
    expect(low.rules).toMatchObject([{ numbers: { priority: -5, ahead: 6 } }]);
  });

  test('it takes nothing away that others have already', () => {
    const [low, high] = given([prior('low', 0, 6, 6), prior('high', 10, 2, 9)], { pods: 8 });
    expect([low.desired, high.desired]).toEqual([6, 2]);
  });

  test('places are given to the higher one first too', () => {
    const rooms = [{ cpuMillis: 1000, memoryMiB: 65_536, pods: 110 }];
    const [low, high] = given([prior('low', 0, 2, 4), prior('high', 10, 2, 4)], {}, rooms);
    expect(high.rules).toEqual([]);
    expect(low.rules).toMatchObject([{ rule: 'capacity', numbers: { needed: 2, fits: 0 } }]);
  });
});

describe('capacity', () => {
  const node = (cpuMillis: number, pods = 110): Room => ({ cpuMillis, memoryMiB: 65_536, pods });

  test('pods that find no place leave the number as it is and are counted', () => {
    const [allocation] = given([request('a', 2, 8)], {}, [node(900), node(1700)]);
    expect(allocation).toMatchObject({ desired: 8, reason: null });
    expect(allocation.rules).toEqual([
      {
        rule: 'capacity',
        before: 8,
        after: 8,
        numbers: {
          needed: 6,
          fits: 4,
          pending: 2,
          freeCpuMillis: 600,
          freeMemoryMiB: 129_024,
          freePods: 216,
          nodes: 2,
        },
      },
    ]);
  });

  test('what fits says nothing, and places are given once', () => {
    expect(given([request('a', 2, 4)], {}, [node(1000)])[0].rules).toEqual([]);
    const [, second] = given([request('a', 2, 4), request('b', 2, 3)], {}, [node(1000)]);
    expect(second.rules).toMatchObject([{ rule: 'capacity', numbers: { needed: 1, fits: 0 } }]);
    expect(given([request('a', 2, 4)], {}, [node(5000, 1)])[0].rules).toMatchObject([{ numbers: { fits: 1 } }]);
  });

  test('without nodes to speak of every pod finds a place; with all nodes lost none does', () => {
    expect(given([request('a', 2, 4)], {}, null)[0].rules).toEqual([]);
    expect(given([request('a', 2, 4)], {}, [])[0].rules).toMatchObject([{ numbers: { pending: 2, nodes: 0 } }]);
  });
});
