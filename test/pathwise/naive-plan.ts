import type { CallSpec, TrafficSpec, WorkSpec } from '../../src/domain/traffic-spec.js';
import type { WorldSpec } from '../../src/domain/world-spec.js';
import { sampler } from '../../src/kernel/distributions.js';
import type { Streams } from '../../src/kernel/streams.js';
import { TextHash } from '../../src/kernel/text-hash.js';
import { ArrivalCursor } from '../sim/requests/arrival-cursor.js';
import type { Draw, Place, Site, Source, Task } from './naive-nouns.js';

/** What is to be done where, ready to be drawn. */
export class NaivePlan {
  /** What a workload or dependency does when it is called: one for all callers, so that its own calls share their budgets. */
  private readonly calledTasks = new Map<string, Task>();

  constructor(
    private readonly world: WorldSpec,
    readonly streams: Streams,
    private readonly places: ReadonlyMap<string, Place>,
  ) {}

  source(spec: TrafficSpec): Source {
    const { name, classes, client, to } = spec;
    const arrivals = new ArrivalCursor(spec, this.streams);
    const sites = classes.map((one) => {
      const task = this.task(to, `${name}/${one.name}`, one);
      return this.site({ task, client, from: `traffic/${name}`, probability: 1, cache: null, key: 0 });
    });
    return {
      arrivals,
      hop: new TextHash().add(name).words()[0] | 0,
      sites,
      shares: classes.map(({ share }) => share),
      classes: this.streams.stream('class', name),
      name,
      users: spec.users,
      nextAt: arrivals.next(),
      ordinal: 0,
    };
  }

  draw(purpose: string, entity: string, distribution: Parameters<typeof sampler>[0]): Draw {
    return { sample: sampler(distribution), random: this.streams.stream(purpose, entity) };
  }

  private task(place: string, entity: string, work: WorkSpec): Task {
    return {
      name: place,
      place: this.places.get(place)!,
      cpu: this.draw('cpu', entity, work.cpu),
      wait: work.wait === null ? null : this.draw('wait', entity, work.wait),
      groups: work.calls.map((group, g) => group.map((call, i) => this.callSite(place, call, g * 64 + i + 1))),
    };
  }

  private callSite(caller: string, { target, client, probability, cache: spec }: CallSpec, key: number): Site {
    const task = this.calledTasks.get(target) ?? this.calledTask(target);
    const cache = spec === undefined ? null : { spec, lookups: new Map() };
    return this.site({ task, client, from: `calls/${caller}/${target}`, probability, cache, key });
  }

  private calledTask(target: string): Task {
    const workload = this.world.workloads.find(({ name }) => name === target);
    const dependency = this.world.dependencies.find(({ name }) => name === target);
    const work = workload?.work ?? { cpu: dependency!.service, wait: null, calls: [] };
    const task = this.task(target, target, work);
    this.calledTasks.set(target, task);
    return task;
  }

  private site(parts: Omit<Site, 'tokens'>): Site {
    return { ...parts, tokens: parts.client.retry?.budgetBurst ?? 0 };
  }
}

/** The class of a source's request. */
export function classOf({ sites, shares, classes }: Source, ordinal: number): Site {
  if (sites.length === 1) return sites[0];
  const drawn = classes.uniform(ordinal);
  let sum = 0;
  const chosen = shares.findIndex((share) => (sum += share) > drawn);
  return sites[chosen < 0 ? sites.length - 1 : chosen];
}
