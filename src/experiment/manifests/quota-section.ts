import { z } from 'zod';
import type { Field, Remark } from './draft.js';
import { field, known, notUsed, section } from './draft-parts.js';
import { cpuText, memoryText, numberText } from './format-quantity.js';
import { zKubeQuantity } from './kube-quantity.js';
import type { Manifest } from './manifest.js';
import { mayShareNamespace } from './match-target.js';
import type { WorkloadPlan } from './workload-plan.js';

const zQuota = z.object({
  spec: z.object({
    hard: z.record(z.string(), zKubeQuantity).default({}),
    scopes: z.array(z.string()).default([]),
    scopeSelector: z.looseObject({}).optional(),
  }),
});

/** Where a quota keeps each limit of the scenario, and how it is written there. */
const limits = [
  { key: 'pods', names: ['pods', 'count/pods'], text: numberText },
  { key: 'cpu', names: ['requests.cpu', 'cpu'], text: cpuText },
  { key: 'memory', names: ['requests.memory', 'memory'], text: memoryText },
] as const;

/**
 * The `quota` section from the first ResourceQuota that covers every workload; the others are remarks, as a scenario has one quota
 * over all workloads.
 */
export function quotaEntries(quotas: readonly Manifest[], plans: readonly WorkloadPlan[]): readonly (Field | Remark)[] {
  const entries: (Field | Remark)[] = [];
  for (const manifest of quotas) {
    const { hard, scopes, scopeSelector } = manifest.read(zQuota).spec;
    const coversAll = plans.every(({ workload }) => mayShareNamespace(manifest, workload.manifest));
    const isWhole = coversAll && scopes.length === 0 && scopeSelector === undefined;
    const fields = isWhole ? quotaFields(manifest, hard) : [];
    const isFirst = !entries.some(({ kind }) => kind === 'field');
    if (fields.length > 0 && isFirst)
      entries.push(field('quota', section(fields, manifest.origin([], manifest.title))));
    else
      entries.push(
        notUsed(
          manifest,
          ['spec'],
          'limits of a namespace or scope',
          'a scenario has one quota, over requests of all workloads',
        ),
      );
  }
  return entries;
}

function quotaFields(manifest: Manifest, hard: Readonly<Record<string, number>>): readonly Field[] {
  return limits.flatMap(({ key, names, text }) => {
    const name = names.find((candidate) => Object.hasOwn(hard, candidate));
    if (name === undefined) return [];
    return [field(key, known(text(hard[name]), manifest.origin(['spec', 'hard', name], `hard ${name}`)))];
  });
}
