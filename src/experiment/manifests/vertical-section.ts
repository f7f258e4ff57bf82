import { z } from 'zod';
import { cpuText, memoryText } from './format-quantity.js';
import type { Field, Remark } from './draft.js';
import { field, guessed, known, notUsed, section } from './draft-parts.js';
import { zResourceList } from './container-schema.js';
import type { Manifest } from './manifest.js';
import { findTarget } from './match-target.js';
import { zTargetReference } from './target-reference.js';
import type { WorkloadManifest } from './workload-manifest.js';

const zPolicy = z.object({
  containerName: z.string().default('*'),
  mode: z.union([z.string(), z.boolean()]).optional(),
  minAllowed: zResourceList.default({}),
  maxAllowed: zResourceList.default({}),
  controlledResources: z.array(z.enum(['cpu', 'memory'])).optional(),
  controlledValues: z.enum(['RequestsAndLimits', 'RequestsOnly']).optional(),
});

const zVpa = z.object({
  spec: z.object({
    targetRef: zTargetReference,
    updatePolicy: z.object({ updateMode: z.union([z.string(), z.boolean()]).optional() }).optional(),
    resourcePolicy: z.object({ containerPolicies: z.array(zPolicy).default([]) }).optional(),
  }),
});

type ContainerPolicy = z.output<typeof zPolicy>;

/** `Auto` is `Recreate` so far. */
const modes: Readonly<Record<string, string>> = {
  Auto: 'Recreate',
  Recreate: 'Recreate',
  Initial: 'Initial',
  InPlaceOrRecreate: 'InPlaceOrRecreate',
  InPlace: 'InPlace',
};

/** Whether a VerticalPodAutoscaler is about a workload. */
export function isVerticalOf(
  manifest: Manifest,
  workload: WorkloadManifest,
  all: readonly WorkloadManifest[],
): boolean {
  return findTarget(manifest, manifest.read(zVpa).spec.targetRef, all) === workload;
}

/** The `vertical` section of a workload, from the first VerticalPodAutoscaler that changes it; remarks on what others say. */
export function verticalEntries(
  autoscalers: readonly Manifest[],
  workload: WorkloadManifest,
  all: readonly WorkloadManifest[],
): readonly (Field | Remark)[] {
  const about = autoscalers.filter((manifest) => isVerticalOf(manifest, workload, all));
  const acting = about.find((manifest) => modeOf(manifest) !== 'Off');
  return about.flatMap((manifest): (Field | Remark)[] => {
    const mode = modeOf(manifest);
    const words = `updateMode ${mode}`;
    if (mode === 'Off') return [notUsed(manifest, ['spec'], words, 'it changes nothing in this mode')];
    if (manifest !== acting) return [notUsed(manifest, ['spec'], words, 'another one changes the same pods')];
    if (!Object.hasOwn(modes, mode)) return [notUsed(manifest, ['spec'], words, 'this version has no such mode')];
    return entriesOf(manifest, workload, mode);
  });
}

function modeOf(manifest: Manifest): string {
  const written = manifest.read(zVpa).spec.updatePolicy?.updateMode ?? 'Auto';
  return wordOf(written);
}

/** `Off` without quotes is a boolean to some readers of YAML, and a word in small letters to others. */
function wordOf(written: string | boolean): string {
  return written === false || /^off$/i.test(String(written)) ? 'Off' : String(written);
}

function entriesOf(manifest: Manifest, workload: WorkloadManifest, mode: string): (Field | Remark)[] {
  const running = workload.containers.filter(({ role }) => role !== 'init');
  const policies = manifest.read(zVpa).spec.resourcePolicy?.containerPolicies ?? [];
  const watched = running.map(({ container }) => policyIndex(policies, container.name));
  const active = watched.filter((i) => i < 0 || wordOf(policies[i].mode ?? 'Auto') !== 'Off');
  if (active.length === 0) return [notUsed(manifest, ['spec'], `updateMode ${mode}`, 'every container is off')];
  const several =
    running.length === 1
      ? []
      : [
          notUsed(
            manifest,
            ['spec'],
            `the ${running.length} containers apart`,
            'a pod has one container here, whose requests move as a whole',
          ),
        ];
  const i = active[0];
  const policy =
    i < 0 ? null : { of: policies[i], place: manifest.place(['spec', 'resourcePolicy', 'containerPolicies', i]) };
  const update = guessed(modes[mode], {
    topic: 'memory',
    why: `${manifest.place()} ${manifest.title} moves requests by the CPU and memory that pods use here, and the memory is a guess`,
    measure: 'kubectl top pod at night and at the peak',
  });
  return [
    field(
      'vertical',
      section([
        field('policy', known('vpa', manifest.origin([], manifest.kind))),
        field('updateMode', {
          ...update,
          comment: manifest.origin(['spec', 'updatePolicy', 'updateMode'], `updateMode ${mode}`),
        }),
        ...(policy === null ? [] : policyFields(policy.of, policy.place)),
      ]),
    ),
    ...several,
  ];
}

/** The policy of a container by its name, else that of all; -1 without one. */
function policyIndex(policies: readonly ContainerPolicy[], name: string): number {
  const own = policies.findIndex(({ containerName }) => containerName === name);
  return own >= 0 ? own : policies.findIndex(({ containerName }) => containerName === '*');
}

function policyFields(policy: ContainerPolicy, place: string): readonly Field[] {
  const { controlledResources, controlledValues } = policy;
  const bounds = (['minAllowed', 'maxAllowed'] as const).flatMap((key) => {
    const { cpu, memory } = policy[key];
    const amounts = [
      ...(cpu === undefined ? [] : [`cpu: ${cpuText(cpu)}`]),
      ...(memory === undefined ? [] : [`memory: ${memoryText(memory)}`]),
    ];
    return amounts.length === 0 ? [] : [field(key, known(`{ ${amounts.join(', ')} }`, `${place} ${key}`))];
  });
  return [
    ...bounds,
    ...(controlledResources === undefined || controlledResources.length === 0
      ? []
      : [field('controlledResources', known(`[${controlledResources.join(', ')}]`, `${place} controlledResources`))]),
    ...(controlledValues === undefined
      ? []
      : [field('controlledValues', known(controlledValues, `${place} controlledValues`))]),
  ];
}
