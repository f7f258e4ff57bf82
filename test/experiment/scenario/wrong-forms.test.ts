import { describe, expect, test } from 'vitest';
import { builtIn } from '../../../src/engine/registries.js';
import { loadScenario } from '../../../src/experiment/scenario/load-scenario.js';

const PARTS = {
  top: '',
  generate: 'generate: { constant: 50/s }',
  pod: '',
  workload: '',
  cpu: '{ exponential: 30ms }',
  scaling: 'policy: fixed',
};

/** What loading says of a scenario with one part written otherwise. */
async function told(parts: Partial<typeof PARTS>): Promise<string> {
  const { top, generate, pod, workload, cpu, scaling } = { ...PARTS, ...parts };
  const text = `name: forms
duration: 1h
${top}
traffic:
  - { to: web, ${generate} }
workloads:
  web:
    pod: { ${pod} }
    serve: { cpu: ${cpu} }
    scaling: { ${scaling} }
    ${workload}
`;
  const options = { registries: builtIn, text, dataDirectory: null, version: '0' };
  return loadScenario('forms.yaml', options).then(
    () => 'nothing',
    (error: unknown) => String(error),
  );
}

/** A JVM with everything but its sizing. */
const jvm = (sizing: string): string =>
  `jvm: { sizing: ${sizing}, live: 100Mi, allocation: 1Gi, traceSpeed: 1Gi }, memory: { limit: 1Gi, request: 1Gi }`;

describe('a value in a form that is not known is told which there are', () => {
  const SIZINGS = 'Its forms are { by: hotspot }, { by: openj9 } or { by: paketo }.';
  test.each<[Partial<typeof PARTS>, string, string?]>([
    [{ pod: jvm('big') }, 'web.pod.jvm.sizing must be a mapping of keys, was "big"', SIZINGS],
    [{ pod: jvm('[xmx]') }, 'web.pod.jvm.sizing must be a mapping of keys, was a list', SIZINGS],
    [{ pod: jvm('{}') }, 'web.pod.jvm.sizing.by must be given, was missing', SIZINGS],
    [{ pod: jvm('{ by: hotspt }') }, 'sizing.by must be one of hotspot, openj9, paketo, was "hotspt"', 'Did you mean'],
    [{ cpu: '{ exponential: { mean: 30ms } }' }, 'serve.cpu.exponential must be a length of time with its unit, as'],
    [
      { cpu: '{ lognormal: 30ms }' },
      'cpu.lognormal must be { mean: ..., cv: ... } or { p50: ..., p95: ... }, was "30ms"',
    ],
    [{ cpu: '{}' }, 'serve.cpu must be a length of time, as 20ms, or a distribution, as { exponential: 4ms }'],
    [{ pod: 'readiness: 5s' }, 'readiness must be a mapping of keys, was "5s"', 'Its keys are period, rise,'],
    [{ pod: 'cpu: 2' }, 'web.pod.cpu must be a mapping of keys, was 2', 'Its keys are request, limit,'],
    [{ generate: 'generate: { constant: { rate: 50/s } }' }, 'constant must be a rate, as 300/s, 12/m or 40/h, was a'],
    [{ generate: 'generate: 50/s' }, 'generate must be a mapping of keys, was "50/s"', 'Its keys are constant, step,'],
    [
      { generate: 'generate: { constant: 5/s }, arrivals: { gamma: 2 }' },
      'arrivals.gamma must be a mapping of keys, was 2',
      'Its keys are cv.',
    ],
    [
      { generate: 'generate: { constant: 5/s }, arrivals: bursty' },
      'arrivals must be one of poisson, exact-count, uniform, interpolated, was "bursty"',
      'Its other forms are { gamma: ... } or { mmpp: ... }.',
    ],
    [
      { scaling: 'policy: hpa, metrics: [{ cpu: { target: 60% } }]' },
      'metrics[0].cpu must be a whole percentage of the CPU request, as 60%, or the average of a pod, as 300m, was a',
    ],
    [
      { scaling: 'policy: hpa, metrics: [cpu]' },
      'metrics[0] must be a mapping of keys, was "cpu"',
      'Its keys are cpu,',
    ],
    [
      { workload: 'vertical: vpa' },
      'web.vertical must be a mapping of keys, was "vpa"',
      'Its forms are { policy: jvm }, { policy: manifest }, { policy: multidimensional } or { policy: vpa }.',
    ],
    [
      { workload: 'vertical: { policy: jvm, heap: 3 }' },
      'vertical.heap must be { multiple: ... } or { squareRoot: ... }, was 3',
    ],
    [{ top: 'faults: [{ at: 5m, kill: web }]' }, 'kill must be { pods: ..., of: ... } or { nodes: ... }, was "web"'],
    [{ top: 'slo: 300ms' }, 'slo must be a mapping of keys, was "300ms"', 'Its keys are latency, target.'],
    [{ workload: 'pdb: 1' }, 'web.pdb must be a mapping of keys, was 1', 'Its keys are minAvailable, maxUnavailable,'],
  ])('%j', async (parts, problem, hint = '') => {
    const message = await told(parts);
    expect(message).toContain(problem);
    expect(message).toContain(hint);
    expect(message).toMatch(/forms\.yaml:\d+: /);
  });
});
