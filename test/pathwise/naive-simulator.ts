import type { WorldSpec } from '../../src/domain/world-spec.js';
import { type KeyedRandom, mixKeys } from '../../src/kernel/random.js';
import { Streams } from '../../src/kernel/streams.js';
import { NaiveAgenda } from './naive-agenda.js';
import { dependencyPlace, podStation } from './naive-places.js';
import { NaiveConnections } from './naive-connections.js';
import { NaiveFleet } from './naive-fleet.js';
import { drawFrom, NaiveWork } from './naive-work.js';
import type { NaiveOutcome, NaiveObserver, Site, Place, Errand, Attempt, Source } from './naive-nouns.js';
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
  private readonly sources: Source[];
  private readonly connections: NaiveConnections;
  private readonly callChance: KeyedRandom;
  private readonly backoff: KeyedRandom;

  constructor(
    world: WorldSpec,
    private readonly observer: NaiveObserver,
  ) {
    this.streams = new Streams(world.seed);
    this.connections = new NaiveConnections(this.streams);
    this.callChance = this.streams.stream('call', '');
    this.backoff = this.streams.stream('backoff', '');
    for (const dependency of world.dependencies) {
      const station = this.enter(new NaiveFcfs(dependency.concurrency, dependency.queueLimit));
      this.places.set(dependency.name, dependencyPlace(dependency, station));
    }
    for (const workload of world.workloads) {
      const { name, pod, initialReplicas } = workload;
      const pods = Array.from({ length: initialReplicas }, () => this.enter(podStation(pod.serving)));
      const patience =
        pod.serving.patience === null ? null : drawFrom(this.streams, 'patience', name, pod.serving.patience);
      const fleet = new NaiveFleet(workload, pods, this.streams, world.faults);
      this.places.set(name, {
        ...this.connections.balancer(workload, pods),
        patience,
        fleet: workload.balancer.per === 'connection' ? null : fleet,
      });
    }
    const work = new NaiveWork(world, this.streams, this.places);
    this.sources = world.traffic.map((spec) => work.source(spec));
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
      way: null,
      tried: [],
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
    const station = this.stationFor(errand, salt, at);
    const cpu = task.cpu.sample(task.cpu.random, ordinal, key);
    const wait = task.wait === null ? 0 : task.wait.sample(task.wait.random, ordinal, key);
    if (client.timeoutMicros !== null) {
      errand.cancelTimeout = this.agenda.set(at + client.timeoutMicros, 'timeout', (then) =>
        this.timeOut(errand, then),
      );
    }
    if (typeof station === 'string') return this.failAttempt(errand, station, at);
    const { way } = errand;
    const { fleet } = task.place;
    const refusal = way === null ? null : fleet!.refusal(way, ordinal, salt, at);
    if (refusal !== null) return this.failAttempt(errand, refusal, at);
    const visit: NaiveVisit = {
      ...{ ordinal, hop: key, cpu, left: cpu, wait, station },
      ...{ state: 'waiting', endsAt: Infinity, since: at },
    };
    if (!station.offer(visit, at)) return this.failAttempt(errand, 'rejected', at);
    if (way !== null) fleet!.enter(way, visit, errand.attempts > 1);
    const attempt: Attempt = { visit, task, errand, calls: [] };
    this.attemptOf.set(visit, attempt);
    errand.attempt = attempt;
    this.setPatience(attempt, ordinal, salt, at);
    return errand;
  }

  private stationFor(errand: Errand, salt: number, at: number): NaiveStation | NaiveOutcome {
    const { site, tried, attempts, ordinal } = errand;
    const { fleet } = site.task.place;
    errand.way = null;
    if (fleet === null) return this.connections.choose(errand, salt, at) ?? 'rejected';
    const avoid = site.client.retry?.elsewhere === true ? tried : [];
    const way = fleet.choose(ordinal, salt, at, { isRetry: attempts > 1, avoid });
    if (typeof way === 'string') return way;
    errand.way = way;
    tried.push(way.pod);
    return way.pod;
  }

  /** A visit leaves its station, however it ends. */
  private depart({ visit, task }: Attempt, at: number): void {
    this.attemptOf.delete(visit);
    task.place.fleet?.leave(visit);
    visit.station.leave(visit, at);
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
    if (errand.way !== null) site.task.place.fleet?.judge(errand.way, outcome, at);
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
    this.depart(attempt, at);
  }

  private complete(station: NaiveStation, at: number): void {
    const answered: Errand[] = [];
    const calling: Attempt[] = [];
    for (let visit = station.finish(at); visit !== null; visit = station.finish(at)) {
      const attempt = this.attemptOf.get(visit)!;
      if (attempt.task.groups.length > 0) calling.push(attempt);
      else {
        this.depart(attempt, at);
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
    if (errand.way !== null) errand.site.task.place.fleet?.judge(errand.way, 'served', at);
    errand.ended('served', at);
  }

  private nextGroup(attempt: Attempt, index: number, at: number): void {
    const { task, visit } = attempt;
    if (index === task.groups.length) {
      this.endAttempt(attempt, 'served', at);
      return;
    }
    const made = task.groups[index].filter((site) => this.isMade(site, visit));
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
    this.depart(attempt, at);
    if (attempt.errand === null) return;
    if (outcome === 'served') this.succeed(attempt.errand, at);
    else this.failAttempt(attempt.errand, outcome, at);
  }

  private isMade({ probability, key }: Site, { ordinal, hop }: NaiveVisit): boolean {
    return probability >= 1 || this.callChance.uniform(ordinal, mixKeys(hop, key)) < probability;
  }

  private enter(station: NaiveStation): NaiveStation {
    this.stations.push(station);
    return station;
  }
}
