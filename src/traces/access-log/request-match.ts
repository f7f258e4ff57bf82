import { z } from 'zod';
import type { LogDestination } from './log-line.js';

const fields = {
  host: z.string().min(1).optional().describe('Host that is asked for, as shop.example.com or *.example.com.'),
  path: z
    .string()
    .startsWith('/')
    .optional()
    .describe('Beginning of the path, by its parts: /api is that of /api and /api/cart, not of /apis.'),
  exact: z.string().startsWith('/').optional().describe('The whole path.'),
  upstream: z.string().min(1).optional().describe('What the proxy calls the service behind it, as shop-cart-80.'),
};

const zCondition = z.strictObject(fields);

/** Which requests are meant, as people write it: those that meet every condition and no exception. */
export const zRequestMatch = z
  .strictObject({
    ...fields,
    except: z.array(zCondition).min(1).optional().describe('Requests that are not meant all the same.'),
  })
  .refine((match) => Object.keys(match).some((key) => key !== 'except'), {
    message: 'must have at least one of host, path, exact and upstream',
  });

/** Conditions on a request of an access log. */
export type RequestCondition = z.output<typeof zCondition>;

/** Which requests of an access log are meant. */
export type RequestMatch = z.output<typeof zRequestMatch>;

/** Whether a request is among those that are meant. */
export function isMeant(at: LogDestination, matches: readonly RequestMatch[]): boolean {
  return matches.some(({ except = [], ...match }) => meets(at, match) && !except.some((one) => meets(at, one)));
}

/** What of a destination the conditions look at. */
export function needsOf(matches: readonly RequestMatch[]): readonly (keyof LogDestination)[] {
  const all = matches.flatMap(({ except = [], ...match }): readonly RequestCondition[] => [match, ...except]);
  return [
    ...(all.some(({ path, exact }) => path !== undefined || exact !== undefined) ? (['path'] as const) : []),
    ...(all.some(({ host }) => host !== undefined) ? (['host'] as const) : []),
    ...(all.some(({ upstream }) => upstream !== undefined) ? (['upstream'] as const) : []),
  ];
}

function meets(at: LogDestination, { host, path, exact, upstream }: RequestCondition): boolean {
  return (
    (upstream === undefined || at.upstream === upstream) &&
    (exact === undefined || at.path === exact) &&
    (path === undefined || (at.path !== null && isBelow(at.path, path))) &&
    (host === undefined || (at.host !== null && isHost(at.host, host)))
  );
}

/** By whole parts of the path, as Ingress and HTTPRoute take a prefix. */
function isBelow(path: string, prefix: string): boolean {
  const bare = prefix.replace(/\/+$/, '');
  return path.startsWith(bare) && (path.length === bare.length || path[bare.length] === '/');
}

function isHost(host: string, wanted: string): boolean {
  const lower = wanted.toLowerCase();
  return lower.startsWith('*.') ? host.endsWith(lower.slice(1)) && host.length >= lower.length : host === lower;
}
