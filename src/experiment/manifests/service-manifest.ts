import { z } from 'zod';
import type { Manifest } from './manifest.js';
import { mayShareNamespace } from './match-target.js';
import { selectedBy } from './selected-by.js';
import type { WorkloadManifest } from './workload-manifest.js';
import type { Door } from './workload-plan.js';

const zService = z.object({
  spec: z
    .object({
      type: z.string().default('ClusterIP'),
      selector: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({}),
    })
    .default({ type: 'ClusterIP', selector: {} }),
});

/** The Services that lead to a workload, those open to the outside first. */
export function doorsTo(workload: WorkloadManifest, services: readonly Manifest[]): readonly Door[] {
  const doors = services.flatMap((manifest) => {
    const { type, selector } = manifest.read(zService).spec;
    if (!mayShareNamespace(manifest, workload.manifest) || !selectedBy(selector, workload.labels)) return [];
    return [{ name: manifest.name, place: manifest.place(), isPublic: type === 'LoadBalancer' || type === 'NodePort' }];
  });
  return [...doors.filter(({ isPublic }) => isPublic), ...doors.filter(({ isPublic }) => !isPublic)];
}
