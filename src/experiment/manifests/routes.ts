import { z } from 'zod';
import type { Manifest } from './manifest.js';
import { mayShareNamespace } from './match-target.js';

const zName = z.object({ name: z.string() });
const zBackend = z.object({ service: zName.optional(), serviceName: z.string().optional() });

const zIngress = z.object({
  spec: z
    .object({
      defaultBackend: zBackend.optional(),
      backend: zBackend.optional(),
      rules: z
        .array(
          z.object({
            http: z.object({ paths: z.array(z.object({ backend: zBackend.optional() })).default([]) }).optional(),
          }),
        )
        .default([]),
    })
    .default({ rules: [] }),
});

const zHttpRoute = z.object({
  spec: z
    .object({
      rules: z
        .array(
          z.object({
            backendRefs: z.array(z.object({ name: z.string(), kind: z.string().default('Service') })).default([]),
          }),
        )
        .default([]),
    })
    .default({ rules: [] }),
});

/** Services that requests from outside are sent on to, as an Ingress or an HTTPRoute says. */
export interface Route {
  readonly manifest: Manifest;
  /** Names of Services, each once. */
  readonly services: readonly string[];
}

/** Whether a manifest says where requests from outside go. */
export function isRoute({ kind }: Manifest): boolean {
  return kind === 'Ingress' || kind === 'HTTPRoute';
}

/** Reads an Ingress or an HTTPRoute. Throws InputError with file and line at a field that is wrong. */
export function readRoute(manifest: Manifest): Route {
  const names = manifest.kind === 'Ingress' ? ingressBackends(manifest) : routeBackends(manifest);
  return { manifest, services: [...new Set(names)] };
}

/** The first route that names a Service of its own namespace; null where none does. */
export function routeTo(service: Manifest, routes: readonly Route[]): Route | null {
  const found = routes.find(
    ({ manifest, services }) => services.includes(service.name) && mayShareNamespace(manifest, service),
  );
  return found ?? null;
}

function ingressBackends(manifest: Manifest): readonly string[] {
  const { defaultBackend, backend, rules } = manifest.read(zIngress).spec;
  const paths = rules.flatMap(({ http }) => http?.paths ?? []);
  const backends = [...paths.map((path) => path.backend), defaultBackend, backend];
  return backends.flatMap((one) => one?.service?.name ?? one?.serviceName ?? []);
}

function routeBackends(manifest: Manifest): readonly string[] {
  const { rules } = manifest.read(zHttpRoute).spec;
  return rules.flatMap(({ backendRefs }) =>
    backendRefs.filter(({ kind }) => kind === 'Service').map(({ name }) => name),
  );
}
