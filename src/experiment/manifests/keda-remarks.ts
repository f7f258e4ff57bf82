import type { Remark } from './draft.js';
import { notUsed } from './draft-parts.js';
import type { ScaledObjectManifest } from './scaled-object-manifest.js';

/** What a ScaledObject says beyond its metrics and bounds, none of which is simulated. */
export function kedaRemarks({ manifest, spec }: ScaledObjectManifest): readonly Remark[] {
  const formula = spec.advanced?.scalingModifiers?.formula;
  const said: readonly (readonly [readonly string[], string | undefined])[] = [
    [
      ['spec', 'pollingInterval'],
      spec.pollingInterval === undefined ? undefined : `pollingInterval ${spec.pollingInterval}`,
    ],
    [
      ['spec', 'cooldownPeriod'],
      spec.cooldownPeriod === undefined ? undefined : `cooldownPeriod ${spec.cooldownPeriod}`,
    ],
    [
      ['spec', 'idleReplicaCount'],
      spec.idleReplicaCount === undefined ? undefined : `idleReplicaCount ${spec.idleReplicaCount}`,
    ],
    [
      ['spec', 'fallback'],
      spec.fallback === undefined ? undefined : `fallback to ${spec.fallback.replicas ?? 'some'} replicas`,
    ],
    [
      ['spec', 'advanced', 'scalingModifiers'],
      formula === undefined ? undefined : `scalingModifiers.formula ${formula}`,
    ],
  ];
  return said.flatMap(([path, words]) => (words === undefined ? [] : [notUsed(manifest, path, words)]));
}
