import { z } from 'zod';
import type { Path } from '../scenario/tree.js';
import type { Manifest } from './manifest.js';

const zName = z.object({ name: z.string() });
const zBackend = z.object({ service: zName.optional(), serviceName: z.string().optional() });

const zIngress = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.unknown()).default({}) }).prefault({}),
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
  method: z.string().optional(),
  headers: z.array(z.unknown()).default([]),
  queryParams: z.array(z.unknown()).default([]),
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
  /** False where it takes only some of the requests for its path, by what logs do not say: headers, methods, a part by lot. */
  readonly takesAll: boolean;
  /** Where it stands in its manifest. */
  readonly at: Path;
  /** What of it is not followed, without a full stop; null where all is. */
  readonly left: string | null;
}

type Backend = z.output<typeof zBackend> | undefined;

/** The rules of an Ingress, its default backend last. Throws InputError with file and line at a field that is wrong. */
export function ingressRules(manifest: Manifest): readonly RouteRule[] {
  const { metadata, spec } = manifest.read(zIngress);
  const { defaultBackend, backend, rules } = spec;
  const isCanary = metadata.annotations[CANARY] === 'true';
  const ruled = rules.flatMap(({ host = '', http }, i) =>
    (http?.paths ?? []).flatMap(({ path, pathType, backend: to }, j): RouteRule[] => {
      const service = serviceOf(to);
      if (service === null) return [];
      const at = ['spec', 'rules', i, 'http', 'paths', j];
      const way = { host: host === '' ? null : host, ...pathOf(path, pathType === 'Exact'), service, at };
      return [isCanary ? { ...way, takesAll: false, left: `canary for ${path}` } : { ...way, takesAll: true }];
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
    const ways = matches.length === 0 ? [zMatch.parse({})] : matches;
    return services.slice(0, 1).flatMap(({ name: service }) =>
      ways.flatMap((way) =>
        hosts.map((host): RouteRule => {
          const path = pathOf(way.path.value, way.path.type === 'Exact');
          const further = furtherOf(way);
          const left = further === null ? (path.left ?? split) : `${further} for ${way.path.value}`;
          return { host, ...path, service, at: ['spec', 'rules', i], takesAll: further === null, left };
        }),
      ),
    );
  });
}

const ANY = { host: null, path: '/', isExact: false, takesAll: true, left: null };

/** Of ingress-nginx: what is sent there is chosen by header, cookie or lot. */
const CANARY = 'nginx.ingress.kubernetes.io/canary';

function serviceOf(backend: Backend): string | null {
  return backend?.service?.name ?? backend?.serviceName ?? null;
}

/** What a match looks at beside the path; null where it does not. */
function furtherOf({ method, headers, queryParams }: z.output<typeof zMatch>): string | null {
  const looks = [
    ...(method === undefined ? [] : [`method ${method}`]),
    ...(headers.length === 0 ? [] : ['headers']),
    ...(queryParams.length === 0 ? [] : ['queryParams']),
  ];
  return looks.length === 0 ? null : looks.join(', ');
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
