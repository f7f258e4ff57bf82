import { z } from 'zod';
import type { Field, Remark } from './draft.js';
import { field, known, notUsed, section } from './draft-parts.js';
import type { Manifest } from './manifest.js';
import { mayShareNamespace } from './match-target.js';
import { selectedBy } from './selected-by.js';
import type { WorkloadManifest } from './workload-manifest.js';

const zAmount = z
  .union([z.string().regex(/^\d+%?$/), z.int().min(0)])
  .optional()
  .meta({ description: 'a number of pods or a share, as 2 or 80%' });

const zBudget = z.object({
  spec: z.object({
    minAvailable: zAmount,
    maxUnavailable: zAmount,
    unhealthyPodEvictionPolicy: z.enum(['IfHealthyBudget', 'AlwaysAllow']).optional(),
    selector: z.object({ matchLabels: z.record(z.string(), z.string()).default({}) }).default({ matchLabels: {} }),
  }),
});

/** Whether a PodDisruptionBudget is about a workload. */
export function isBudgetOf(manifest: Manifest, workload: WorkloadManifest): boolean {
  const { selector } = manifest.read(zBudget).spec;
  return mayShareNamespace(manifest, workload.manifest) && selectedBy(selector.matchLabels, workload.labels);
}

/**
 * The `pdb` of a workload, from the first budget that is about it and has a bound; remarks on what else budgets say.
 *
 * Kubernetes refuses every eviction of a pod with two budgets, so that a second one is an error of the manifests that is only told.
 */
export function budgetEntries(budgets: readonly Manifest[], workload: WorkloadManifest): readonly (Field | Remark)[] {
  const about = budgets.filter((manifest) => isBudgetOf(manifest, workload));
  const bound = about.find((manifest) => boundOf(manifest) !== null);
  return about.flatMap((manifest): (Field | Remark)[] => {
    const found = boundOf(manifest);
    if (found === null) return [notUsed(manifest, ['spec'], 'no bound', 'it allows every eviction')];
    if (manifest !== bound) {
      const why = 'a pod with two budgets cannot be evicted in Kubernetes; the first is used';
      return [notUsed(manifest, ['spec', found.key], `${found.key} ${found.amount}`, why)];
    }
    return [field('pdb', section(budgetFields(manifest, found)))];
  });
}

interface Bound {
  readonly key: 'minAvailable' | 'maxUnavailable';
  readonly amount: string | number;
}

function boundOf(manifest: Manifest): Bound | null {
  const { minAvailable, maxUnavailable } = manifest.read(zBudget).spec;
  if (minAvailable !== undefined) return { key: 'minAvailable', amount: minAvailable };
  return maxUnavailable === undefined ? null : { key: 'maxUnavailable', amount: maxUnavailable };
}

function budgetFields(manifest: Manifest, { key, amount }: Bound): readonly Field[] {
  const { unhealthyPodEvictionPolicy: policy } = manifest.read(zBudget).spec;
  const place = (name: string): string => manifest.origin(['spec', name], `${manifest.title} ${name}`);
  return [
    field(key, known(String(amount), place(key))),
    ...(policy === undefined
      ? []
      : [field('unhealthyPodEvictionPolicy', known(policy, place('unhealthyPodEvictionPolicy')))]),
  ];
}
