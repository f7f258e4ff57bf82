import { parse } from 'yaml';
import type { Registries } from '../../engine/registries.js';
import { behaviorFields } from './behavior-fields.js';
import type { Field, Remark, Section } from './draft.js';
import { field, known, notUsed, section, sequence } from './draft-parts.js';
import { type FollowedTrigger, followedTrigger } from './followed-trigger.js';
import { kedaRemarks } from './keda-remarks.js';
import { layOut } from './lay-out.js';
import type { ScaledObjectManifest } from './scaled-object-manifest.js';
import type { ScalingMetric } from './scaling-metric.js';
import { triggerNames } from './trigger-names.js';
import type { WorkloadManifest } from './workload-manifest.js';

/** A ScaledObject as a section of a scenario, and what of it the section follows. */
export interface KedaSection {
  readonly scaling: Section;
  readonly used: readonly ScalingMetric[];
  readonly remarks: readonly Remark[];
}

/** The `scaling` section with the `keda` policy; null where it can follow none of the triggers. Throws InputError at a trigger that cannot be read. */
export function kedaSection(
  scaledObject: ScaledObjectManifest,
  workload: WorkloadManifest,
  registries: Registries,
): KedaSection | null {
  const { manifest, triggers } = scaledObject;
  const names = triggerNames(triggers);
  const found = triggers.map((_, i) => followedTrigger(scaledObject, i, { workload, name: names[i] }));
  const used = found.flatMap((one) => one ?? []);
  const left = triggers.flatMap(({ type }, i) =>
    found[i] === null
      ? [notUsed(manifest, ['spec', 'triggers', i], `${type} trigger`, 'this version has no such trigger')]
      : [],
  );
  const head = [
    field('policy', known('keda', manifest.origin([], manifest.kind))),
    field('triggers', sequence(used.map(({ leaf }) => leaf))),
    ...pace(scaledObject),
  ];
  if (used.length === 0 || !isTaken(head, registries)) return null;
  const rest = furtherFields(scaledObject, used);
  const taken = rest.filter(({ entry }) => isTaken([...head, entry], registries));
  const refused = rest.filter((one) => !taken.includes(one)).map(({ otherwise }) => otherwise);
  return {
    scaling: section([...head, ...taken.map(({ entry }) => entry)]),
    used: used.flatMap(({ metric }) => metric ?? []),
    remarks: [...left, ...refused, ...kedaRemarks(scaledObject, left.length === 0)],
  };
}

function pace({ manifest, spec }: ScaledObjectManifest): readonly Field[] {
  const keys = ['pollingInterval', 'cooldownPeriod', 'initialCooldownPeriod'] as const;
  return keys.flatMap((key) => {
    const seconds = spec[key];
    return seconds === undefined ? [] : [field(key, known(`${seconds}s`, manifest.origin(['spec', key], key)))];
  });
}

/** A key that stands only where the policy takes it, and what is said where it does not. */
interface Further {
  readonly entry: Field;
  readonly otherwise: Remark;
}

function furtherFields(scaledObject: ScaledObjectManifest, used: readonly FollowedTrigger[]): readonly Further[] {
  return [...fallbackField(scaledObject), ...advancedField(scaledObject, used)];
}

function fallbackField({ manifest, spec: { fallback } }: ScaledObjectManifest): readonly Further[] {
  if (fallback?.replicas === undefined) return [];
  const path = ['spec', 'fallback'];
  return [
    {
      entry: field('fallback', known(JSON.stringify(fallback), manifest.origin(path, 'fallback'))),
      otherwise: notUsed(manifest, path, `fallback to ${fallback.replicas} replicas`, CANNOT),
    },
  ];
}

/** The formula counts only where every trigger that it may speak of is there. */
function advancedField(
  { manifest, spec, behavior }: ScaledObjectManifest,
  used: readonly FollowedTrigger[],
): readonly Further[] {
  const modifiers = spec.advanced?.scalingModifiers;
  const path = ['spec', 'advanced'];
  const rules = behaviorFields(behavior, manifest, [...path, 'horizontalPodAutoscalerConfig', 'behavior']);
  const hasFormula = modifiers?.formula !== undefined && used.length === spec.triggers.length;
  const fields = [
    ...(hasFormula
      ? [field('scalingModifiers', known(JSON.stringify(modifiers), manifest.place([...path, 'scalingModifiers'])))]
      : []),
    ...(rules.length === 0 ? [] : [field('horizontalPodAutoscalerConfig', section(rules))]),
  ];
  if (fields.length === 0) return [];
  const words = `advanced${modifiers?.formula === undefined ? '' : `, formula ${modifiers.formula}`}`;
  return [{ entry: field('advanced', section(fields)), otherwise: notUsed(manifest, path, words, CANNOT) }];
}

const CANNOT = 'this version cannot follow it';

/** Whether the policy of this version takes a section, as its own schema says. */
function isTaken([, ...fields]: readonly Field[], { policies }: Registries): boolean {
  const written: unknown = parse(layOut(section(fields)).join('\n'));
  return policies.keda?.schema.safeParse(written).success;
}
