import { describe, expect, test } from 'vitest';
import { imported, loadable } from './import-texts.js';
import { podOf } from './manifest-texts.js';

const one = podOf('web', '{ containers: [{ name: app, resources: { requests: { cpu: 500m, memory: 1Gi } } }] }');
const vpa = (spec: string): string => `apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: { name: web }
spec: { targetRef: { kind: Deployment, name: web }, ${spec} }
`;

describe('a VerticalPodAutoscaler', () => {
  test('becomes the vertical policy of its workload, with the bounds of its container', async () => {
    const { tree, text, notes, unused } = imported([
      one,
      vpa(`updatePolicy: { updateMode: Auto }, resourcePolicy: { containerPolicies: [
        { containerName: "*", maxAllowed: { cpu: 9 } },
        { containerName: app, minAllowed: { cpu: 250m }, maxAllowed: { cpu: 2, memory: 3Gi }, controlledValues: RequestsOnly }] }`),
    ]);
    expect(tree.workloads.web.vertical).toEqual({
      policy: 'vpa',
      updateMode: 'Recreate',
      minAllowed: { cpu: '250m' },
      maxAllowed: { cpu: '2', memory: '3Gi' },
      controlledValues: 'RequestsOnly',
    });
    expect(unused).toEqual([]);
    // What it recommends follows from the memory in use, which nobody measured.
    expect(
      notes.find(({ topic, paths }) => topic === 'memory' && paths.includes('workloads.web.vertical.updateMode')),
    ).toBeDefined();
    await expect(loadable(text)).resolves.toBe('web');
  });

  test.each([
    ['is off', 'updatePolicy: { updateMode: "Off" }', 'it changes nothing in this mode'],
    ['is off as a boolean', 'updatePolicy: { updateMode: off }', 'it changes nothing in this mode'],
    [
      'leaves every container alone',
      'resourcePolicy: { containerPolicies: [{ containerName: app, mode: "Off" }] }',
      'every container is off',
    ],
  ])('that %s is told and changes nothing', (_, spec, why) => {
    const { tree, unused } = imported([one, vpa(spec)]);
    expect(tree.workloads.web.vertical).toBeUndefined();
    expect(unused.map((entry) => entry.why)).toEqual([why]);
  });
});
