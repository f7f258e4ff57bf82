import { zKarpenter } from '../../engine/allocate/karpenter/settings.js';
import type { Field, Remark, Section } from './draft.js';
import { field, known, notUsed, section } from './draft-parts.js';
import { goDuration } from './go-duration.js';
import type { NodePoolManifest } from './node-pool-manifest.js';

/** The `nodeAutoscaler` section: Karpenter with the disruption settings of a NodePool; what it does not take is remarked. */
export function karpenterSection({ manifest, disruption }: NodePoolManifest): Section {
  const { consolidationPolicy, consolidateAfter, expireAfter, budgets } = disruption;
  const said: readonly (readonly [key: string, value: unknown])[] = [
    ['consolidationPolicy', olderWords[consolidationPolicy ?? ''] ?? consolidationPolicy],
    ['consolidateAfter', lengthOf(consolidateAfter)],
    ['expireAfter', lengthOf(expireAfter)],
    ['budgets', budgets?.map((budget) => ({ ...budget, ...given('duration', lengthOf(budget.duration)) }))],
  ];
  const entries = said.flatMap(([key, value]): (Field | Remark)[] => {
    if (value === undefined) return [];
    const path = key === 'expireAfter' ? ['spec', 'template', 'spec', key] : ['spec', 'disruption', key];
    const text = JSON.stringify(value);
    const taken = zKarpenter.safeParse({ [key]: value }).success;
    return taken
      ? [field(key, known(typeof value === 'string' ? value : text, manifest.origin(path, key)))]
      : [notUsed(manifest, path, `${key} ${text}`, 'this version has no such setting')];
  });
  return section([field('policy', known('karpenter', manifest.origin([], manifest.kind))), ...entries]);
}

/** As versions before 1.0 called it. */
const olderWords: Readonly<Record<string, string>> = { WhenUnderutilized: 'WhenEmptyOrUnderutilized' };

/** A length of time as scenarios write it, null for never; what cannot be read stays as it is. */
function lengthOf(written: string | undefined): string | null | undefined {
  if (written === undefined) return undefined;
  return written === 'Never' ? null : (goDuration(written) ?? written);
}

function given(key: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === undefined ? {} : { [key]: value };
}
