import { z } from 'zod';
import type { Path } from '../scenario/tree.js';
import type { Manifest } from './manifest.js';

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
            host: z.string().optional(),
            http: z
              .object({
                paths: z
                  .array(
                    z.object({
                      path: z.string().default('/'),
                      pathType: z.string().optional(),
                      backend: zBackend.optional(),
                    }),
                  )
                  .default([]),
              })
              .optional(),
          }),
        )
        .default([]),
    })
    .default({ rules: [] }),
});

const zMatch = z.object({
  path: z.object({ type: z.string().default('PathPrefix'), value: z.string().default('/') }).prefault({}),
});

const zHttpRoute = z.object({
  spec: z
    .object({
      hostnames: z.array(z.string()).default([]),
      rules: z
        .array(
          z.object({
            matches: z.array(zMatch).default([]),
            backendRefs: z
              .array(z.object({ name: z.string(), kind: z.string().default('Service'), weight: z.number().default(1) }))
              .default([]),
          }),
        )
        .default([]),
    })
    .default({ hostnames: [], rules: [] }),
});

/** A rule by which requests from outside are sent on. */
export interface RouteRule {
  /** Null where any host will do. */
  readonly host: string | null;
  /** Beginning of the path, or all of it. */
  readonly path: string;
  readonly isExact: boolean;
  /** Name of the Service. */
  readonly service: string;
  /** Where it stands in its manifest. */
  readonly at: Path;
  /** What of it is not followed, without a full stop; null where all is. */
  readonly left: string | null;
}

type Backend = z.output<typeof zBackend> | undefined;

/** The rules of an Ingress, its default backend last. Throws InputError with file and line at a field that is wrong. */
export function ingressRules(manifest: Manifest): readonly RouteRule[] {
  const { defaultBackend, backend, rules } = manifest.read(zIngress).spec;
  const ruled = rules.flatMap(({ host = '', http }, i) =>
    (http?.paths ?? []).flatMap(({ path, pathType, backend: to }, j): RouteRule[] => {
      const service = serviceOf(to);
      if (service === null) return [];
      const at = ['spec', 'rules', i, 'http', 'paths', j];
      return [{ host: host === '' ? null : host, ...pathOf(path, pathType === 'Exact'), service, at }];
    }),
  );
  const rest = [defaultBackend, backend].flatMap((one) => serviceOf(one) ?? []);
  const others = rest.map((service): RouteRule => ({ ...ANY, service, at: ['spec', 'defaultBackend'] }));
  return [...ruled, ...others];
}

/** The rules of an HTTPRoute, one for each host and match; of several backends the one of the largest weight. Throws InputError as ingressRules does. */
export function httpRouteRules(manifest: Manifest): readonly RouteRule[] {
  const { hostnames, rules } = manifest.read(zHttpRoute).spec;
  const hosts = hostnames.length === 0 ? [null] : hostnames;
  return rules.flatMap(({ matches, backendRefs }, i) => {
    const services = backendRefs.filter(({ kind }) => kind === 'Service').sort((a, b) => b.weight - a.weight);
    const split = services.length < 2 ? null : `${services[0].name} alone of ${services.length} backends`;
    const paths = matches.length === 0 ? [{ type: 'PathPrefix', value: '/' }] : matches.map(({ path }) => path);
    return services.slice(0, 1).flatMap(({ name: service }) =>
      paths.flatMap(({ type, value }) =>
        hosts.map((host): RouteRule => {
          const path = pathOf(value, type === 'Exact');
          return { host, ...path, service, at: ['spec', 'rules', i], left: path.left ?? split };
        }),
      ),
    );
  });
}

const ANY = { host: null, path: '/', isExact: false, left: null };

function serviceOf(backend: Backend): string | null {
  return backend?.service?.name ?? backend?.serviceName ?? null;
}

/** What rewrites of ingress-nginx put behind a prefix: `/api(/|$)(.*)`, `/api/?(.*)`. */
const rewriteTail = /(\(\/\|\$\)|\/\?|\/)?\(\.\*\)\$?$/;

/** Of a regular expression its plain beginning counts. */
function pathOf(written: string, isExact: boolean): Pick<RouteRule, 'path' | 'isExact' | 'left'> {
  const bare = written.replace(/^\^/, '').replace(rewriteTail, '');
  const special = bare.search(/[()[\]{}*+?|\\$^]/);
  const plain = special < 0 ? bare : bare.slice(0, special);
  const path = plain.startsWith('/') ? plain : `/${plain}`;
  return { path, isExact, left: special < 0 ? null : `path ${written}, of which ${path} counts` };
}
