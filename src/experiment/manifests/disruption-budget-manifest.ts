import { z } from 'zod';
import type { Remark } from './draft.js';
import { notUsed } from './draft-parts.js';
import type { Manifest } from './manifest.js';
import { mayShareNamespace } from './match-target.js';
import { selectedBy } from './selected-by.js';
import type { WorkloadManifest } from './workload-manifest.js';

const zAmount = z.union([z.string(), z.number()]).optional();

const zBudget = z.object({
  spec: z.object({
    minAvailable: zAmount,
    maxUnavailable: zAmount,
    selector: z.object({ matchLabels: z.record(z.string(), z.string()).default({}) }).default({ matchLabels: {} }),
  }),
});

/** What a PodDisruptionBudget says, as a remark, where it is about a workload; null where it is not. */
export function disruptionBudgetRemark(manifest: Manifest, workload: WorkloadManifest): Remark | null {
  const { minAvailable, maxUnavailable, selector } = manifest.read(zBudget).spec;
  if (!mayShareNamespace(manifest, workload.manifest) || !selectedBy(selector.matchLabels, workload.labels))
    return null;
  const words =
    minAvailable !== undefined
      ? `minAvailable ${minAvailable}`
      : maxUnavailable !== undefined
        ? `maxUnavailable ${maxUnavailable}`
        : 'no bound';
  return notUsed(manifest, ['spec'], words);
}
