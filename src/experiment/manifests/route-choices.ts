import type { RequestCondition, RequestMatch } from '../../traces/access-log/request-match.js';

/** A rule of a route, and the workload that it leads to; null where it leads out of the scenario. */
export interface LedRule {
  readonly host: string | null;
  readonly path: string;
  readonly isExact: boolean;
  readonly to: string | null;
}

/** The rules of which none is for the very same requests as one before it: of two that contradict each other the first counts. */
export function firstOfEach<R extends LedRule>(rules: readonly R[]): readonly R[] {
  return rules.filter((rule, i) => rules.findIndex((other) => isForSame(other, rule)) === i);
}

/** Whether two rules are for the very same requests. */
export function isForSame(one: LedRule, other: LedRule): boolean {
  if (one.host !== other.host || one.isExact !== other.isExact) return false;
  return one.isExact ? one.path === other.path : bare(one.path) === bare(other.path);
}

/**
 * The requests that each workload gets by rules, no two of them for the same requests, of which the most particular one counts: of hosts the whole name before `*.`, and that before any;
 * of paths the longest, a whole one before a beginning.
 */
export function routeChoices(rules: readonly LedRule[]): ReadonlyMap<string, readonly RequestMatch[]> {
  const choices = new Map<string, RequestMatch[]>();
  for (const rule of rules) {
    const { to } = rule;
    if (to === null || rules.some((other) => covers(other, rule, rules))) continue;
    const except = exceptionsOf(rule, rules);
    const match = { ...conditionOf(rule), ...(except.length === 0 ? {} : { except }) };
    choices.set(to, [...(choices.get(to) ?? []), match]);
  }
  return choices;
}

/** What goes elsewhere although it begins as the rule says. */
function exceptionsOf(rule: LedRule, rules: readonly LedRule[]): RequestCondition[] {
  const hosts = [...new Set(rules.map(({ host }) => host))].filter(
    (host) => host !== null && isWithin(host, rule.host),
  );
  const paths = rules
    .filter((other) => other.host === rule.host && other.to !== rule.to && isMoreParticular(other, rule))
    .map((other) => conditionOf({ ...other, host: null }));
  return [...hosts.flatMap((host) => (host === null ? [] : [{ host }])), ...paths];
}

/** Whether another rule of the same workload already brings all that a rule brings. */
function covers(other: LedRule, rule: LedRule, rules: readonly LedRule[]): boolean {
  if (other === rule || other.to !== rule.to || other.host !== rule.host) return false;
  if (!isMoreParticular(rule, other)) return false;
  return !rules.some(
    (third) =>
      third.host === rule.host && third.to !== rule.to && isMoreParticular(third, other) && begins(rule.path, third),
  );
}

function conditionOf({ host, path, isExact }: Pick<LedRule, 'host' | 'path' | 'isExact'>): RequestCondition {
  return { ...(host === null ? {} : { host }), ...(isExact ? { exact: path } : { path }) };
}

/** Whether a host is one of those that a wider pattern means, and not that pattern itself. */
function isWithin(host: string, pattern: string | null): boolean {
  if (pattern === null) return true;
  return pattern.startsWith('*.') && host !== pattern && host.endsWith(pattern.slice(1));
}

function isMoreParticular(one: LedRule, other: LedRule): boolean {
  if (other.isExact || !begins(one.path, other)) return false;
  return bare(one.path) !== bare(other.path) || one.isExact;
}

/** Whether a path begins as a rule says, by whole parts. */
function begins(path: string, { path: start, isExact }: LedRule): boolean {
  return isExact ? path === start : `${bare(path)}/`.startsWith(`${bare(start)}/`);
}

function bare(path: string): string {
  return path.replace(/\/+$/, '');
}
