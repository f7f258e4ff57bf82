import { describe, expect, test } from 'vitest';
import { policies } from '../../../src/engine/policy/policies.js';
import { workload } from '../fixture.js';

const onFront = { object: 'requests_per_second', describedObject: { kind: 'Service', name: 'front' } };

describe('the section of a scenario', () => {
  test('defaults are those of Kubernetes, and what has been read is plain', () => {
    const settings = policies.hpa.schema.parse({});
    expect(settings).toEqual({
      semantics: 'head',
      metrics: [{ kind: 'resource', resource: 'cpu', container: null, target: { type: 'utilization', percent: 80 } }],
      behavior: null,
      tolerance: 0.1,
      syncPeriodMicros: 15e6,
      downscaleStabilizationMicros: 300e6,
      cpuInitializationMicros: 300e6,
      initialReadinessDelayMicros: 30e6,
      scaleUpLimit: { factor: 2, minimum: 4 },
      gates: { configurableTolerance: true, podLevelResources: true, scaleToZero: false },
    });
    expect(() => policies.hpa.create(JSON.parse(JSON.stringify(settings)), workload())).not.toThrow();
  });

  test('behavior takes Kubernetes` words and its defaults', () => {
    const behavior = {
      scaleUp: { selectPolicy: 'Min', policies: [{ type: 'Percent', value: 50, period: '1m' }], tolerance: '5%' },
    };
    expect(policies.hpa.schema.parse({ behavior, downscaleStabilization: '2m' })).toMatchObject({
      behavior: {
        scaleUp: {
          stabilizationMicros: 0,
          select: 'min',
          policies: [{ type: 'percent', value: 50, periodMicros: 60e6 }],
          tolerance: 0.05,
        },
        scaleDown: { stabilizationMicros: 120e6, select: 'max', tolerance: null },
      },
    });
  });

  test.each([
    [{ metrics: [{ cpu: 60 }] }, /expected string/],
    [{ metrics: [{ cpu: '62.5%' }] }, /must be a whole percentage of the CPU request, as 60%.*was '62.5%'/],
    [{ metrics: [{ memory: 'lots' }] }, /memory request, as 80%.*was 'lots'/],
    [{ metrics: [{ cpu: '60%', memory: '60%' }] }, /exactly one of cpu, memory, pods, object and external/],
    [{ metrics: [{}] }, /exactly one of/],
    [{ metrics: [] }, /Too small/],
    [{ metrics: [{ cpu: '60%', value: 1 }] }, /has its target already/],
    [{ metrics: [{ external: 'queue_length' }] }, /either value or averageValue/],
    [{ metrics: [{ external: 'queue_length', value: 1, averageValue: 1 }] }, /either value or averageValue/],
    [{ metrics: [{ pods: 'in_flight', value: 1 }] }, /averageValue, not value/],
    [{ metrics: [{ object: 'in_flight', value: 1 }] }, /object must have a describedObject/],
    [{ metrics: [{ ...onFront, value: 1, averageValue: 1 }] }, /object must have either value or averageValue/],
    [{ metrics: [onFront] }, /object must have either value or averageValue/],
    [{ metrics: [{ ...onFront, value: 1, describedObject: { kind: 'Ingress', name: 'a' } }] }, /expected "Service"/],
    [{ metrics: [{ cpu: '60%', describedObject: { name: 'front' } }] }, /describedObject goes with object only/],
    [{ metrics: [{ external: 'in_flight', value: 1, container: 'web' }] }, /container goes with cpu or memory only/],
    [{ metric: [] }, /Unrecognized key/],
    [{ behavior: { scaleUp: { policies: [{ type: 'Pods', value: 1, period: '0s' }] } } }, /between 1s and 30m/],
    [{ behavior: { scaleDown: { stabilizationWindow: '2h' } } }, /at most 1h/],
  ])('%j is refused', (written, message) => {
    const { error } = policies.hpa.schema.safeParse(written);
    expect(error?.issues.map((issue) => issue.message).join()).toMatch(message);
  });
});
