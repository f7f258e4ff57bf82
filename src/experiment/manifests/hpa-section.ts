import { parse } from 'yaml';
import type { Registries } from '../../engine/registries.js';
import { behaviorFields } from './behavior-fields.js';
import type { Leaf, Remark, Section } from './draft.js';
import { field, guessed, known, notUsed, section, sequence } from './draft-parts.js';
import type { KubeBehavior } from './kube-behavior.js';
import type { Manifest } from './manifest.js';
import { metricForms } from './metric-forms.js';
import type { ScalingMetric } from './scaling-metric.js';
import type { WorkloadManifest } from './workload-manifest.js';

/** What the section of an autoscaler is made of. */
export interface HpaSources {
  readonly manifest: Manifest;
  readonly metrics: readonly ScalingMetric[];
  readonly behavior: KubeBehavior | null;
  /** Where `behavior` stands. */
  readonly behaviorPath: readonly string[];
  readonly workload: WorkloadManifest;
}

/** The `scaling` section with the `hpa` policy; null where this version can follow none of the metrics. `rest` says what is left out. */
export function hpaSection(
  sources: HpaSources,
  registries: Registries,
): { readonly scaling: Section | null; readonly used: readonly ScalingMetric[]; readonly rest: readonly Remark[] } {
  const { manifest, metrics } = sources;
  const leaves: Leaf[] = [];
  const used: ScalingMetric[] = [];
  const rest: Remark[] = [];
  for (const metric of metrics) {
    const leaf = metricLeaf(metric, sources, registries);
    if (leaf === null) rest.push(notUsed(manifest, metric.path, metric.words, 'this version has no such metric'));
    else {
      leaves.push(leaf);
      used.push(metric);
    }
  }
  if (leaves.length === 0) return { scaling: null, used, rest };
  const scaling = section([
    field('policy', known('hpa', manifest.origin([], manifest.kind))),
    field('metrics', sequence(leaves)),
    ...rest,
    ...behaviorFields(sources.behavior, manifest, sources.behaviorPath),
  ]);
  return { scaling, used, rest };
}

function metricLeaf(metric: ScalingMetric, { manifest, workload }: HpaSources, registries: Registries): Leaf | null {
  const { candidates, takenFor } = metricForms(metric, workload);
  const text = candidates.find((candidate) => isKnown(candidate, registries));
  if (text === undefined) return null;
  if (takenFor === null) return known(text, manifest.origin(metric.path, metric.words));
  return guessed(text, {
    topic: 'scaling',
    why: `${manifest.place(metric.path)} ${metric.words}, is taken for ${takenFor}`,
    measure: "the query that the cluster's metrics adapter has for it",
  });
}

/** Whether the policy of this version can follow a metric, as its own schema says. */
function isKnown(candidate: string, { policies }: Registries): boolean {
  return policies.hpa?.schema.safeParse({ metrics: [parse(candidate)] }).success;
}
