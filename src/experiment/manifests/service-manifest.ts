import { z } from 'zod';
import type { Manifest } from './manifest.js';
import { mayShareNamespace } from './match-target.js';
import { type Route, routeTo } from './routes.js';
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

/** The Services that lead to a workload: those that a route names first, then those open to the outside by their type. */
export function doorsTo(
  workload: WorkloadManifest,
  services: readonly Manifest[],
  routes: readonly Route[] = [],
): readonly Door[] {
  const doors = services.flatMap((manifest): Door[] => {
    const { type, selector } = manifest.read(zService).spec;
    if (!mayShareNamespace(manifest, workload.manifest) || !selectedBy(selector, workload.labels)) return [];
    const isPublic = type === 'LoadBalancer' || type === 'NodePort';
    return [
      {
        service: manifest,
        name: manifest.name,
        place: manifest.place(),
        isPublic,
        route: routeTo(manifest, routes)?.manifest ?? null,
      },
    ];
  });
  const rank = ({ route, isPublic }: Door): number => (route !== null ? 0 : isPublic ? 1 : 2);
  return [...doors].sort((a, b) => rank(a) - rank(b));
}
