import { z } from 'zod';
import type { Remark } from './draft.js';
import { notUsed } from './draft-parts.js';
import type { Manifest } from './manifest.js';
import { findTarget } from './match-target.js';
import { zTargetReference } from './target-reference.js';
import type { WorkloadManifest } from './workload-manifest.js';

const zVpa = z.object({
  spec: z.object({
    targetRef: zTargetReference,
    updatePolicy: z.object({ updateMode: z.union([z.string(), z.boolean()]).optional() }).optional(),
  }),
});

/** What a VerticalPodAutoscaler says, as a remark, where it is about a workload of those given; null where it is not. */
export function verticalAutoscalerRemark(
  manifest: Manifest,
  workload: WorkloadManifest,
  all: readonly WorkloadManifest[],
): Remark | null {
  const { targetRef, updatePolicy } = manifest.read(zVpa).spec;
  if (findTarget(manifest, targetRef, all) !== workload) return null;
  const written = updatePolicy?.updateMode ?? 'Auto';
  // `Off` without quotes is a boolean to YAML 1.1.
  const mode = written === false ? 'Off' : String(written);
  const why = mode === 'Off' ? 'it changes nothing in this mode' : 'not simulated yet: the requests stay as they are';
  return notUsed(manifest, ['spec'], `updateMode ${mode}`, why);
}
