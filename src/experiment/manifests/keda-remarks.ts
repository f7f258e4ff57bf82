import type { Remark } from './draft.js';
import { notUsed } from './draft-parts.js';
import type { ScaledObjectManifest } from './scaled-object-manifest.js';

/** What of a ScaledObject the `keda` policy of an imported scenario does not follow; `isWhole` where it follows every trigger. */
export function kedaRemarks({ manifest, spec }: ScaledObjectManifest, isWhole: boolean): readonly Remark[] {
  const { idleReplicaCount: idle, advanced } = spec;
  const formula = advanced?.scalingModifiers?.formula;
  return [
    ...(idle === undefined
      ? []
      : [
          notUsed(
            manifest,
            ['spec', 'idleReplicaCount'],
            `idleReplicaCount ${idle}`,
            'one pod stays: at none, requests would be refused',
          ),
        ]),
    ...(formula === undefined || isWhole
      ? []
      : [
          notUsed(
            manifest,
            ['spec', 'advanced', 'scalingModifiers'],
            `formula ${formula}`,
            'not every trigger that it speaks of is there',
          ),
        ]),
  ];
}
