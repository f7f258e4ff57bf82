import type { CallSpec, TrafficSpec, WorkSpec } from '../../src/domain/traffic-spec.js';
import type { WorldSpec } from '../../src/domain/world-spec.js';
import { sampler } from '../../src/kernel/distributions.js';
import { type KeyedRandom, mixKeys } from '../../src/kernel/random.js';
import { Streams } from '../../src/kernel/streams.js';
import { TextHash } from '../../src/kernel/text-hash.js';
import { ArrivalCursor } from '../sim/requests/arrival-cursor.js';
import { NaiveAgenda } from './naive-agenda.js';
import { dependencyPlace, podStation } from './naive-places.js';
import { NaiveConnections } from './naive-connections.js';
import type { NaiveOutcome, NaiveObserver, Draw, Task, Site, Place, Errand, Attempt, Source } from './naive-nouns.js';
import { NaiveChances } from './naive-chances.js';
import { spend } from './naive-budget.js';
import { NaiveFcfs, type NaiveStation, type NaiveVisit } from './naive-station.js';

/**
 * A second simulator of the request path, written from the description of its behaviour alone: objects, lists and loops over everything.
 * It shares with the product nothing but what the two must agree on beforehand: specifications, random draws and arrival instants.
 */
export class NaiveSimulator {
  /** Completions of one station at one instant whose order is not specified but could show. */
  coincidences = 0;
  private readonly streams: Streams;
  private readonly stations: NaiveStation[] = [];
  private readonly attemptOf = new Map<NaiveVisit, Attempt>();
  private readonly agenda = new NaiveAgenda();
  private readonly places = new Map<string, Place>();
  /** What a workload or dependency does when it is called: one for all callers, so that its own calls share their budgets. */
  private readonly calledTasks = new Map<string, Task>();
  private readonly sources: Source[];
  private readonly connections: NaiveConnections;
  private readonly chances: NaiveChances;
  private readonly backoff: KeyedRandom;

  constructor(
    private readonly world: WorldSpec,
    private readonly observer: NaiveObserver,
  ) {
    this.streams = new Streams(world.seed);
    this.connections = new NaiveConnections(this.streams);
    this.chances = new NaiveChances(this.streams);
    this.backoff = this.streams.stream('backoff', '');
    for (const dependency of world.dependencies) {
      const station = this.enter(new NaiveFcfs(dependency.concurrency, dependency.queueLimit));
      this.places.set(dependency.name, dependencyPlace(dependency, station));
    }
    for (const workload of world.workloads) {
      const { name, pod, initialReplicas } = workload;
      const pods = Array.from({ length: initialReplicas }, () => this.enter(podStation(pod.serving)));
      const patience = pod.serving.patience === null ? null : this.draw('patience', name, pod.serving.patience);
      this.places.set(name, { ...this.connections.balancer(workload, pods), patience });
    }
    this.sources = world.traffic.map((spec) => this.source(spec));
  }

  /** Carries every request through, up to and including `until`. */
  run(until: number): void {
    for (;;) {
      const completion = Math.min(Infinity, ...this.stations.map(({ nextAt }) => nextAt));
      const timer = this.agenda.nextAt();
      const arrival = Math.min(...this.sources.map(({ nextAt }) => nextAt));
      const at = Math.min(completion, timer, arrival);
      if (at > until) return;
      if (completion === at)
        this.complete(
          this.stations.find(({ nextAt }) => nextAt === at)!,
          at,
        );
      else if (timer === at) this.agenda.runNext();
      else
        this.arrive(
          this.sources.findIndex(({ nextAt }) => nextAt === at),
          at,
        );
    }
  }

  private arrive(index: number, at: number): void {
    const source = this.sources[index];
    const { ordinal, hop } = source;
    const site = source.sites.length === 1 ? source.sites[0] : this.classOf(source);
    source.ordinal += 1;
    source.nextAt = source.arrivals.next();
    this.start(site, { ordinal, hop, caller: null }, at, (outcome, end) => this.observer(index, ordinal, outcome, end));
  }

  private classOf({ sites, shares, classes, ordinal }: Source): Site {
    const drawn = classes.uniform(ordinal);
    let sum = 0;
    const chosen = shares.findIndex((share) => (sum += share) > drawn);
    return sites[chosen < 0 ? sites.length - 1 : chosen];
  }

  private start(
    site: Site,
    origin: Pick<Errand, 'ordinal' | 'hop' | 'caller'>,
    at: number,
    ended: Errand['ended'],
  ): Errand {
    const errand: Errand = {
      site,
      ...origin,
      ended,
      attempts: 0,
      attempt: null,
      cancelTimeout: null,
      cancelRetry: null,
    };
    const { retry } = site.client;
    if (retry?.budget != null) site.tokens = Math.min(retry.budgetBurst, site.tokens + retry.budget);
    return this.tryOnce(errand, at);
  }

  private tryOnce(errand: Errand, at: number): Errand {
    const { site, ordinal } = errand;
    const { task, client } = site;
    const salt = mixKeys(errand.hop, errand.attempts);
    const key = errand.attempts === 0 ? errand.hop : salt;
    errand.attempts += 1;
    errand.cancelRetry = null;
    const station = this.connections.choose(errand, salt, at);
    const cpu = task.cpu.sample(task.cpu.random, ordinal, key);
    const wait = task.wait === null ? 0 : task.wait.sample(task.wait.random, ordinal, key);
    if (client.timeoutMicros !== null) {
      errand.cancelTimeout = this.agenda.set(at + client.timeoutMicros, 'timeout', (then) =>
        this.timeOut(errand, then),
      );
    }
    if (station === null) return this.failAttempt(errand, 'rejected', at);
    const visit: NaiveVisit = { ordinal, hop: key, cpu, left: cpu, wait, state: 'waiting', endsAt: Infinity, station };
    if (!station.offer(visit, at)) return this.failAttempt(errand, 'rejected', at);
    const attempt: Attempt = { visit, task, errand, calls: [] };
    this.attemptOf.set(visit, attempt);
    errand.attempt = attempt;
    this.setPatience(attempt, ordinal, salt, at);
    return errand;
  }

  private setPatience(attempt: Attempt, ordinal: number, salt: number, at: number): void {
    const { patience } = attempt.task.place;
    if (patience === null || attempt.visit.state !== 'waiting') return;
    this.agenda.set(Math.round(at + patience.sample(patience.random, ordinal, salt)), 'patience', (then) => {
      if (attempt.visit.state !== 'waiting') return;
      this.withdraw(attempt, then);
      if (attempt.errand !== null) this.failAttempt(attempt.errand, 'gave up', then);
    });
  }

  private timeOut(errand: Errand, at: number): void {
    const attempt = errand.attempt!;
    if (errand.site.client.serverStops) this.withdraw(attempt, at);
    else attempt.errand = null;
    this.failAttempt(errand, 'timed out', at);
  }

  private failAttempt(errand: Errand, outcome: NaiveOutcome, at: number): Errand {
    const { site, attempts } = errand;
    const { retry } = site.client;
    errand.cancelTimeout?.();
    errand.attempt = null;
    if (retry === null || attempts > retry.max || !spend(site)) {
      errand.ended(outcome, at);
      return errand;
    }
    let pause = Math.min(retry.backoffFirstMicros * 2 ** (attempts - 1), retry.backoffLastMicros);
    if (retry.jitter === 'full') pause *= this.backoff.uniform(errand.ordinal, mixKeys(errand.hop, attempts));
    errand.cancelRetry = this.agenda.set(Math.round(at + pause), 'retry', (then) => this.tryOnce(errand, then));
    return errand;
  }

  /** The server lets go of an attempt; of the calls it has out, those whose servers do not notice go on unheard. */
  private withdraw(attempt: Attempt, at: number): void {
    for (const call of attempt.calls) {
      call.cancelTimeout?.();
      call.cancelRetry?.();
      if (call.attempt === null) continue;
      call.attempt.errand = null;
      if (call.site.client.serverStops) this.withdraw(call.attempt, at);
    }
    attempt.calls = [];
    this.attemptOf.delete(attempt.visit);
    attempt.visit.station.leave(attempt.visit, at);
  }

  private complete(station: NaiveStation, at: number): void {
    const answered: Errand[] = [];
    const calling: Attempt[] = [];
    for (let visit = station.finish(at); visit !== null; visit = station.finish(at)) {
      const attempt = this.attemptOf.get(visit)!;
      if (attempt.task.groups.length > 0) calling.push(attempt);
      else {
        this.attemptOf.delete(visit);
        station.leave(visit, at);
        if (attempt.errand !== null) answered.push(attempt.errand);
      }
    }
    const inside = answered.filter(({ site }) => site.key > 0).length;
    if (inside > 1 || calling.length > 1) this.coincidences += 1;
    for (const errand of answered) this.succeed(errand, at);
    for (const attempt of calling) this.nextGroup(attempt, 0, at);
  }

  private succeed(errand: Errand, at: number): void {
    errand.cancelTimeout?.();
    errand.attempt = null;
    errand.ended('served', at);
  }

  private nextGroup(attempt: Attempt, index: number, at: number): void {
    const { task, visit } = attempt;
    if (index === task.groups.length) {
      this.endAttempt(attempt, 'served', at);
      return;
    }
    const made = task.groups[index].filter((site) => this.chances.isMade(site, visit));
    if (made.length === 0) {
      this.nextGroup(attempt, index + 1, at);
      return;
    }
    let out = made.length;
    let failed = false;
    for (const site of made) {
      const origin = { ordinal: visit.ordinal, hop: mixKeys(visit.hop, site.key), caller: visit.station };
      const call = this.start(site, origin, at, (outcome, end) => {
        out -= 1;
        failed ||= outcome !== 'served';
        if (out > 0) return;
        attempt.calls = [];
        if (failed) this.endAttempt(attempt, 'call failed', end);
        else this.nextGroup(attempt, index + 1, end);
      });
      if (out > 0) attempt.calls.push(call);
    }
  }

  private endAttempt(attempt: Attempt, outcome: NaiveOutcome, at: number): void {
    this.attemptOf.delete(attempt.visit);
    attempt.visit.station.leave(attempt.visit, at);
    if (attempt.errand === null) return;
    if (outcome === 'served') this.succeed(attempt.errand, at);
    else this.failAttempt(attempt.errand, outcome, at);
  }

  private source(spec: TrafficSpec): Source {
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
      nextAt: arrivals.next(),
      ordinal: 0,
    };
  }

  private task(place: string, entity: string, work: WorkSpec): Task {
    return {
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

  private enter(station: NaiveStation): NaiveStation {
    this.stations.push(station);
    return station;
  }

  private draw(purpose: string, entity: string, distribution: Parameters<typeof sampler>[0]): Draw {
    return { sample: sampler(distribution), random: this.streams.stream(purpose, entity) };
  }
}
