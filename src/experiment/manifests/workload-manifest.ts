import { z } from 'zod';
import type { Path } from '../scenario/tree.js';
import { type Container, zContainer, zResources } from './container-schema.js';
import type { Manifest } from './manifest.js';

const zWorkload = z.object({
  spec: z.object({
    replicas: z.int().min(0).max(100_000).optional(),
    template: z.object({
      metadata: z
        .object({
          labels: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({}),
        })
        .default({ labels: {} }),
      spec: z.object({
        containers: z.array(zContainer).min(1),
        initContainers: z.array(zContainer).default([]),
        resources: zResources.default({ requests: {}, limits: {} }),
        terminationGracePeriodSeconds: z.int().min(0).optional(),
      }),
    }),
  }),
});

/** The part of a pod that a container plays: a sidecar is an init container that goes on running. */
export type ContainerRole = 'app' | 'sidecar' | 'init';

/** A container, its part, and where it stands. */
export interface PlacedContainer {
  readonly container: Container;
  readonly role: ContainerRole;
  readonly path: Path;
}

/** A Deployment, StatefulSet or ReplicaSet. */
export interface WorkloadManifest {
  readonly manifest: Manifest;
  /** Null where it is left to the autoscaler, or to the default of one. */
  readonly replicas: number | null;
  /** Labels of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** Init containers first, in the order in which they start. */
  readonly containers: readonly PlacedContainer[];
  /** Requests and limits of the pod as a whole, which go before those of its containers. */
  readonly podResources: z.output<typeof zResources>;
  readonly graceSeconds: number | null;
}

/** Where the pod stands in a workload. */
export const POD: Path = ['spec', 'template', 'spec'];

const kinds: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'ReplicaSet']);

/** Whether a manifest describes a group of equal pods. */
export function isWorkload({ kind }: Manifest): boolean {
  return kinds.has(kind);
}

/** Reads a Deployment, StatefulSet or ReplicaSet. Throws InputError with file and line at a field that is wrong. */
export function readWorkload(manifest: Manifest): WorkloadManifest {
  const { replicas, template } = manifest.read(zWorkload).spec;
  const { containers, initContainers, resources, terminationGracePeriodSeconds } = template.spec;
  return {
    manifest,
    replicas: replicas ?? null,
    labels: template.metadata.labels,
    containers: [
      ...initContainers.map((container, i) => ({
        container,
        role: container.restartPolicy === 'Always' ? ('sidecar' as const) : ('init' as const),
        path: [...POD, 'initContainers', i],
      })),
      ...containers.map((container, i) => ({ container, role: 'app' as const, path: [...POD, 'containers', i] })),
    ],
    podResources: resources,
    graceSeconds: terminationGracePeriodSeconds ?? null,
  };
}
