import { z } from 'zod';
import { zResourceList } from './container-schema.js';
import type { Manifest } from './manifest.js';

const zLimitRange = z.object({
  spec: z.object({
    limits: z
      .array(
        z.object({
          type: z.string(),
          default: zResourceList.default({}),
          defaultRequest: zResourceList.default({}),
          max: zResourceList.default({}),
          min: zResourceList.default({}),
        }),
      )
      .default([]),
  }),
});

type ResourceList = z.output<typeof zResourceList>;

/** What a namespace gives to containers that leave something out. */
export interface LimitRangeManifest {
  readonly manifest: Manifest;
  readonly requests: ResourceList;
  readonly limits: ResourceList;
}

/**
 * Reads the defaults of a LimitRange for containers: a limit is that of `default`, else of `max`; a request that of
 * `defaultRequest`, else the default limit, else `min`. Source: kubernetes pkg/apis/core/v1/defaults.go, SetDefaults_LimitRangeItem.
 */
export function readLimitRange(manifest: Manifest): LimitRangeManifest {
  const items = manifest.read(zLimitRange).spec.limits.filter(({ type }) => type === 'Container');
  const limits = items.reduce<ResourceList>((all, item) => ({ ...item.max, ...item.default, ...all }), {});
  const requests = items.reduce<ResourceList>(
    (all, { min, defaultRequest }) => ({ ...min, ...limits, ...defaultRequest, ...all }),
    {},
  );
  return { manifest, requests, limits };
}
