import type { RequestMatch } from '../../traces/access-log/request-match.js';
import type { RecordedDestinations } from '../../traces/service-time-fit.js';
import type { Unused } from './imported-scenario.js';
import type { Manifest } from './manifest.js';
import { mayShareNamespace } from './match-target.js';
import { firstOfEach, isForSame, type LedRule, routeChoices } from './route-choices.js';
import type { RouteRule } from './route-rules.js';
import { isRoute, readRoute } from './routes.js';
import type { WorkloadPlan } from './workload-plan.js';

/** Requests of a log that go to one workload. */
export interface RoutedTraffic {
  readonly to: string;
  readonly only: readonly RequestMatch[];
  /** What says so, for the comment: `shop.yaml:9 Ingress shop`. */
  readonly origin: string;
}

/** How a log is shared out among workloads. */
export interface Routing {
  /** In the order of the workloads. */
  readonly parts: readonly RoutedTraffic[];
  /** What the rules say and is not followed. */
  readonly unused: readonly Unused[];
  /** What shares it out, for the terminal: `Ingress shop (shop.yaml:1)`. */
  readonly by: string;
}

/** No sharing out, and why not where that could be mended, without a full stop. */
export interface NoRouting {
  readonly parts: null;
  readonly why: string | null;
}

/**
 * Shares a log out among workloads: by what its proxy calls the services behind it, where it says so, else by the hosts and paths of Ingresses
 * and HTTPRoutes. No sharing out where neither names a workload.
 */
export function trafficRouting(
  plans: readonly WorkloadPlan[],
  manifests: readonly Manifest[],
  log: RecordedDestinations,
): Routing | NoRouting {
  return byUpstream(plans, log) ?? byRules(plans, manifests, log);
}

function byUpstream(plans: readonly WorkloadPlan[], { upstreams }: RecordedDestinations): Routing | null {
  const found = upstreams.flatMap(({ name }) => {
    const plan = planOfUpstream(plans, name);
    return plan === null ? [] : [{ name, plan }];
  });
  if (found.length === 0) return null;
  const parts = plans.flatMap((plan): RoutedTraffic[] => {
    const own = found.filter((one) => one.plan === plan).map(({ name }) => name);
    if (own.length === 0) return [];
    const origin = `the log calls it ${own.join(', ')}`;
    return [{ to: plan.name, only: own.map((upstream) => ({ upstream })), origin }];
  });
  return { parts, unused: [], by: 'the services that the log names' };
}

/** `shop-cart-80` is Service `cart` of namespace `shop`; of several that would do, the one of the longest name. */
function planOfUpstream(plans: readonly WorkloadPlan[], upstream: string): WorkloadPlan | null {
  const fitting = plans.flatMap((plan) =>
    plan.doors.flatMap(({ name, service: { namespace } }) => {
      const fits = namespace === null ? upstream.includes(`-${name}-`) : upstream.startsWith(`${namespace}-${name}-`);
      return fits ? [{ plan, length: name.length }] : [];
    }),
  );
  return fitting.sort((a, b) => b.length - a.length).at(0)?.plan ?? null;
}

/** A rule, where it stands, and the workload that it leads to. */
interface PlacedRule extends LedRule {
  readonly rule: RouteRule;
  readonly manifest: Manifest;
}

function byRules(
  plans: readonly WorkloadPlan[],
  manifests: readonly Manifest[],
  log: RecordedDestinations,
): Routing | NoRouting {
  const written = manifests.filter(isRoute).flatMap((manifest) => placedRules(manifest, plans));
  const rules = firstOfEach(written.filter(({ rule }) => rule.takesAll));
  const led = new Set(rules.flatMap(({ to }) => to ?? []));
  if (led.size < 2) return { parts: null, why: null };
  if (!log.paths)
    return { parts: null, why: 'the log does not say which path a request was for; have nginx log $request' };
  const known = log.hosts ? rules : withoutHosts(rules);
  if (known === null)
    return {
      parts: null,
      why: 'workloads differ by host, and the log does not say which host a request was for; have nginx log $host, and name the format with --log-format',
    };
  const choices = routeChoices(known);
  const parts = plans.flatMap(({ name }): RoutedTraffic[] => {
    const only = choices.get(name);
    if (only === undefined) return [];
    const places = rules.filter(({ to }) => to === name).map(({ manifest, rule }) => manifest.place(rule.at));
    return [{ to: name, only, origin: [...new Set(places)].join(', ') }];
  });
  const routes = [...new Set(rules.map(({ manifest }) => manifest))];
  const unused = [...written.flatMap(leftOf), ...contradictions(written, rules)];
  return { parts, unused, by: routes.map((one) => `${one.title} (${one.place()})`).join(', ') };
}

function placedRules(manifest: Manifest, plans: readonly WorkloadPlan[]): readonly PlacedRule[] {
  return readRoute(manifest).rules.map((rule) => {
    const plan = plans.find(({ doors }) =>
      doors.some(({ name, service }) => name === rule.service && mayShareNamespace(manifest, service)),
    );
    const { host, path, isExact } = rule;
    return { host, path, isExact, to: plan?.name ?? null, rule, manifest };
  });
}

/** The rules as one host, where no path leads to different workloads by its host; null where one does. */
function withoutHosts(rules: readonly PlacedRule[]): readonly PlacedRule[] | null {
  const merged = new Map<string, PlacedRule>();
  for (const rule of rules) {
    const key = JSON.stringify([rule.path, rule.isExact]);
    const before = merged.get(key);
    if (before !== undefined && before.to !== rule.to) return null;
    merged.set(key, { ...rule, host: null });
  }
  return [...merged.values()];
}

/** Rules for requests that a rule before them has sent elsewhere. */
function contradictions(written: readonly PlacedRule[], counted: readonly PlacedRule[]): readonly Unused[] {
  return written
    .filter((one) => one.rule.takesAll && counted.some((other) => isForSame(one, other) && one.to !== other.to))
    .map(({ manifest, rule }) => ({
      place: manifest.place(rule.at),
      what: `${manifest.title}: ${rule.path} to ${rule.service}`,
      why: 'a rule before it is for the same requests',
    }));
}

function leftOf({ manifest, rule: { at, left } }: PlacedRule): readonly Unused[] {
  if (left === null) return [];
  return [
    { place: manifest.place(at), what: `${manifest.title}: ${left}`, why: 'requests cannot be told apart so finely' },
  ];
}
