import type { Manifest } from './manifest.js';
import { mayShareNamespace } from './match-target.js';
import { httpRouteRules, ingressRules, type RouteRule } from './route-rules.js';

/** Services that requests from outside are sent on to, as an Ingress or an HTTPRoute says. */
export interface Route {
  readonly manifest: Manifest;
  readonly rules: readonly RouteRule[];
  /** Names of Services, each once. */
  readonly services: readonly string[];
}

/** Whether a manifest says where requests from outside go. */
export function isRoute({ kind }: Manifest): boolean {
  return kind === 'Ingress' || kind === 'HTTPRoute';
}

/** Reads an Ingress or an HTTPRoute. Throws InputError with file and line at a field that is wrong. */
export function readRoute(manifest: Manifest): Route {
  const rules = manifest.kind === 'Ingress' ? ingressRules(manifest) : httpRouteRules(manifest);
  return { manifest, rules, services: [...new Set(rules.map(({ service }) => service))] };
}

/** The first route that names a Service of its own namespace; null where none does. */
export function routeTo(service: Manifest, routes: readonly Route[]): Route | null {
  const found = routes.find(
    ({ manifest, services }) => services.includes(service.name) && mayShareNamespace(manifest, service),
  );
  return found ?? null;
}
