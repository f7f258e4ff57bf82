import type { Decision } from '../../../src/domain/decision.js';
import type { Fact } from '../../../src/domain/fact.js';
import { config, listen, podsScraped, readyPod, replicasSet, ticked, workload } from '../fixture.js';
import { type PolicySection, scaled } from './policy-sections.js';

/** Requests a second at a tick; null where no scrape arrives. */
export type Load = number | null;

/** CPU of a request in cores and seconds, and how long it takes. */
const CPU_SECONDS = 0.02;
const LATENCY = 0.5;
/** Of a tick, and of a scrape. */
const EVERY = 15;

interface Loop {
  readonly decisions: readonly Decision[];
  /** Decisions of a second tick at the same instant, after the command of the first was carried out. */
  readonly again: readonly Decision[];
}

/**
 * An engine in a world as simple as can be: pods serve as soon as they are asked for (or, not `following`, stay as they were), share the load
 * evenly and use no more than a core each; a scrape at every tick. Ticks are doubled where `twice`.
 */
export function closedLoop(
  section: PolicySection,
  loads: readonly Load[],
  { initial = 6, following = true, twice = false }: { initial?: number; following?: boolean; twice?: boolean } = {},
): Loop {
  const { engine, decisions, commands } = listen(config([workload({ ...scaled(section), cpuRequestMillis: 1000 })]));
  const tell = (facts: readonly Fact[]): void => facts.forEach((fact) => engine.on(fact));
  const used = new Map<string, number>();
  const again: Decision[] = [];
  let born = 0;
  let at = 0;
  let requests = 0;
  const resize = (replicas: number): void => {
    while (used.size < replicas) {
      tell(readyPod(at, `web-${born}`));
      used.set(`web-${born}`, 0);
      born += 1;
    }
    for (const pod of [...used.keys()].slice(replicas)) {
      const of = { at: ticked(at).at, workload: 'web', pod };
      tell([
        { type: 'podBeganTerminating', ...of, reason: '' },
        { type: 'podRemoved', ...of, reason: '' },
      ]);
      used.delete(pod);
    }
  };
  const tick = (): Decision => {
    const before = commands.length;
    tell([ticked(at)]);
    for (const command of commands.slice(before)) {
      if (command.type !== 'setReplicas' || !following) continue;
      tell([replicasSet(at, command.replicas)]);
      resize(command.replicas);
    }
    return decisions[decisions.length - 1];
  };
  const made: Decision[] = [];
  tell([replicasSet(0, initial)]);
  resize(initial);
  for (const load of loads) {
    at += EVERY;
    const flow = load ?? 0;
    requests += flow * EVERY;
    for (const [pod, cores] of used) used.set(pod, cores + EVERY * Math.min(1, (flow * CPU_SECONDS) / used.size));
    if (load !== null) {
      tell([
        podsScraped(at, Object.fromEntries(used)),
        {
          type: 'trafficScraped',
          at: ticked(at).at,
          workload: 'web',
          scrapedAt: ticked(at).at,
          requests: Math.round(requests),
          errors: 0,
          queueLength: 0,
          inFlight: Math.round(flow * LATENCY),
        },
      ]);
    }
    made.push(tick());
    if (twice) again.push(tick());
  }
  return { decisions: made, again };
}
