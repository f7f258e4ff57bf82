import type { WorldSpec } from '../../src/domain/world-spec.js';
import { type KeyedRandom, mixKeys } from '../../src/kernel/random.js';
import { Streams } from '../../src/kernel/streams.js';
import { NaiveAgenda } from './naive-agenda.js';
import { buildPlaces } from './naive-places.js';
import { NaiveConnections } from './naive-connections.js';
import { NaiveCrowd } from './naive-crowd.js';
import { NaiveChances } from './naive-chances.js';
import { callGroups, type NaiveCaller } from './naive-fan-out.js';
import { isOver, newErrand } from './naive-errand.js';
import { landed, offerTo, stationFor } from './naive-fleet.js';
import { messageOf, NaiveNetwork } from './naive-network.js';
import type { NaiveOutcome, NaiveObserver, Site, Place, Errand, Attempt, Source, Trip } from './naive-nouns.js';
import { classOf, NaivePlan } from './naive-plan.js';
import type { EndpointChange, NaivePods } from './naive-pods.js';
import { backOff, earn, spend } from './naive-budget.js';
import type { NaiveStation, NaiveVisit } from './naive-station.js';
import { NaiveWords } from './naive-words.js';

/**
 * A second simulator of the request path, written from the description of its behaviour alone: objects, lists and loops over everything.
 * It shares with the product nothing but what the two must agree on beforehand: specifications, random draws and arrival instants.
 */
export class NaiveSimulator implements NaiveCaller {
  /** Completions of one station at one instant whose order is not specified but could show. */
  coincidences = 0;
  private readonly streams: Streams;
  readonly stations: NaiveStation[] = [];
  private readonly attemptOf = new Map<NaiveVisit, Attempt>();
  private readonly agenda = new NaiveAgenda();
  private readonly sources: Source[];
  private readonly places = new Map<string, Place>();
  private readonly connections: NaiveConnections;
  private readonly chances: NaiveChances;
  private readonly network: NaiveNetwork;
  private readonly words: NaiveWords;
  private readonly backoff: KeyedRandom;

  constructor(
    world: WorldSpec,
    private readonly observer: NaiveObserver,
  ) {
    this.streams = new Streams(world.seed);
    this.connections = new NaiveConnections(this.streams);
    this.chances = new NaiveChances(this.streams);
    this.backoff = this.streams.stream('backoff', '');
    this.network = new NaiveNetwork(world, this.streams);
    this.words = new NaiveWords(this.agenda, this.network);
    const plan = new NaivePlan(world, this.streams, this.places);
    const { places, network, connections, stations } = this;
    buildPlaces(world, { places, plan, network, connections, enter: (station) => void stations.push(station) });
    this.sources = world.traffic.map((spec) => plan.source(spec));
    this.sources.forEach(({ users, name }, index) => {
      if (users === undefined) return;
      new NaiveCrowd(users, name, this.agenda, this.streams, (...asked) => this.ask(index, ...asked));
    });
  }

  /** Runs up to the instant of a change of a workload's pods, and carries it out. */
  change({ at, workload, pods, weights, dies }: EndpointChange): void {
    this.run(at);
    const { pods: all, fleet, doors } = this.places.get(workload)!;
    if (fleet === null) all!.route(pods, at, weights);
    else fleet.change(() => all!.route(pods, at, weights), at);
    doors!.changed(at);
    for (const ordinal of dies ?? []) this.die(all!, all!.opened[ordinal], at);
  }

  /** Carries every request through, up to and including `until`. */
  run(until: number): void {
    for (;;) {
      const completion = Math.min(Infinity, ...this.stations.map(({ nextAt }) => nextAt));
      const timer = this.agenda.nextAt();
      const arrival = Math.min(...this.sources.map(({ nextAt }) => nextAt));
      const at = Math.min(completion, timer, arrival);
      if (at > until) return;
      const due = ({ nextAt }: { readonly nextAt: number }): boolean => nextAt === at;
      if (completion === at) this.complete(this.stations.find(due)!, at);
      else if (timer === at) this.agenda.runNext();
      else this.arrive(this.sources.findIndex(due), at);
    }
  }

  private arrive(index: number, at: number): void {
    const source = this.sources[index];
    source.nextAt = source.arrivals.next();
    this.ask(index, source.ordinal++, at);
  }

  private ask(index: number, ordinal: number, at: number, ended?: (end: number) => void): void {
    const source = this.sources[index];
    this.start(classOf(source, ordinal), { ordinal, hop: source.hop, caller: null }, at, (outcome, end) => {
      this.observer(index, ordinal, outcome, end);
      ended?.(end);
    });
  }

  /** What is on board of a pod fails, and so does what is sent there from now on. */
  private die(pods: NaivePods, station: NaiveStation, at: number): void {
    pods.dead.add(station);
    for (const visit of station.clear()) {
      const attempt = this.attemptOf.get(visit)!;
      this.words.send(attempt.trip, 'cut off', at);
      this.abandonCalls(attempt, at);
      this.attemptOf.delete(visit);
      this.reply(attempt.trip, 'cut off', at);
    }
  }

  /** Sets out on an errand. */
  start(site: Site, origin: Pick<Errand, 'ordinal' | 'hop' | 'caller'>, at: number, ended: Errand['ended']): Errand {
    const errand = newErrand(site, origin, ended);
    earn(site);
    return this.tryOnce(errand, at);
  }

  private tryOnce(errand: Errand, at: number): Errand {
    const { site, ordinal, caller } = errand;
    const { task, client } = site;
    const salt = mixKeys(errand.hop, errand.attempts);
    const key = errand.attempts === 0 ? errand.hop : salt;
    errand.attempts += 1;
    errand.cancelRetry = null;
    const trip: Trip = {
      ...{ salt, key, caller, ordinal, site, station: null, way: null },
      ...{ arrivesAt: at, errand, attempt: null, isRetry: errand.attempts > 1, inFlight: false, unjudged: false },
    };
    Object.assign(errand, { trip, present: trip });
    if (client.timeoutMicros !== null) {
      errand.cancelTimeout = this.agenda.set(at + client.timeoutMicros, 'timeout', (then) =>
        this.timeOut(errand, then),
      );
    }
    if (caller !== null && task.place.only === null) {
      const found = stationFor(trip, this.connections, at);
      if (typeof found === 'string') return this.failAttempt(errand, found, at);
      trip.station = found;
    }
    this.travel(trip, at, this.network.out(messageOf(trip), at, 'attempt'), (then) => {
      if (trip.station === null) this.meet(trip, then);
      else this.board(trip, trip.station, then);
    });
    return errand;
  }

  private travel(
    trip: Trip,
    at: number,
    way: { readonly at: number; readonly givenUp: boolean },
    next: (then: number) => void,
  ): void {
    trip.arrivesAt = way.at;
    if (way.givenUp) this.words.comes(trip, 'cut off', at, way.at);
    if (!way.givenUp) this.agenda.when(at, way.at, 'arrival', next);
    else if (trip.errand !== null) this.tell(trip.errand, 'cut off', at, way.at);
  }

  /** A balancer chooses, or a dependency admits. */
  private meet(trip: Trip, at: number): void {
    const station = stationFor(trip, this.connections, at);
    if (typeof station === 'string') {
      this.reply(trip, station, at);
      return;
    }
    trip.station = station;
    if (trip.caller === null) this.words.waitFor(trip, at);
    const further = trip.caller === null ? this.network.fromBalancer(messageOf(trip), at) : null;
    if (further === null) this.board(trip, station, at);
    else this.travel(trip, at, further, (then) => this.board(trip, station, then));
  }

  private board(trip: Trip, station: NaiveStation, at: number): void {
    const { ordinal, key, salt, site } = trip;
    const { task } = site;
    const cpu = task.cpu.sample(task.cpu.random, ordinal, key);
    const wait = task.wait === null ? 0 : task.wait.sample(task.wait.random, ordinal, key);
    const visit: NaiveVisit = { ordinal, hop: key, cpu, left: cpu, wait, state: 'waiting', endsAt: Infinity, station };
    const refusal = offerTo(station, visit, trip, at);
    if (refusal !== null) {
      this.words.send(trip, refusal, at);
      this.reply(trip, refusal, at);
      return;
    }
    trip.attempt = { visit, task, trip, calls: [] };
    this.attemptOf.set(visit, trip.attempt);
    this.setPatience(trip.attempt, ordinal, salt, at);
  }

  /** The answer to an attempt that its server has let go of sets out, if anybody waits for it. */
  private reply(trip: Trip, outcome: NaiveOutcome, at: number): void {
    if (trip.errand === null) return;
    const way = this.network.back(messageOf(trip), at);
    this.tell(trip.errand, way.givenUp ? 'cut off' : outcome, at, way.at);
  }

  private tell(errand: Errand, outcome: NaiveOutcome, at: number, then: number): void {
    errand.trip = null;
    errand.cancelAnswer = this.agenda.when(at, then, 'answer', (now) => {
      if (outcome !== 'served') return this.failAttempt(errand, outcome, now);
      isOver(errand);
      errand.ended('served', now);
    });
  }

  private setPatience(attempt: Attempt, ordinal: number, salt: number, at: number): void {
    const { patience } = attempt.task.place;
    if (patience === null || attempt.visit.state !== 'waiting') return;
    this.agenda.set(Math.round(at + patience.sample(patience.random, ordinal, salt)), 'patience', (then) => {
      if (attempt.visit.state !== 'waiting') return;
      this.words.send(attempt.trip, 'gave up', then);
      this.withdraw(attempt, then);
      this.reply(attempt.trip, 'gave up', then);
    });
  }

  private timeOut(errand: Errand, at: number): void {
    this.words.callerGivesUp(errand, at);
    this.leaveAlone(errand, at);
    this.failAttempt(errand, 'timed out', at);
  }

  /** Nobody waits any more for the present attempt of an errand; a server that notices learns of it by a message. */
  private leaveAlone({ trip, site, cancelAnswer }: Errand, at: number): void {
    cancelAnswer?.();
    if (trip === null) return;
    trip.errand = null;
    if (!site.client.serverStops) return;
    if (trip.caller !== null) landed(trip);
    const way = this.network.out(messageOf(trip), at, 'cancellation');
    if (!way.givenUp) this.cancelAt(trip, at, Math.max(way.at, trip.arrivesAt));
  }

  private cancelAt(trip: Trip, at: number, then: number): void {
    this.agenda.when(at, then, 'cancellation', (now) => {
      if (trip.arrivesAt > now) this.cancelAt(trip, now, trip.arrivesAt);
      else if (trip.attempt !== null && trip.attempt.visit.state !== 'gone') {
        landed(trip);
        this.withdraw(trip.attempt, now);
      }
    });
  }

  private failAttempt(errand: Errand, outcome: NaiveOutcome, at: number): Errand {
    const { site, attempts } = errand;
    const { retry } = site.client;
    isOver(errand);
    if (retry === null || attempts > retry.max || !spend(site)) {
      errand.ended(outcome, at);
      return errand;
    }
    const pause = backOff(errand, retry, this.backoff);
    errand.cancelRetry = this.agenda.set(Math.round(at + pause), 'retry', (then) => this.tryOnce(errand, then));
    return errand;
  }

  /** The server lets go of an attempt; of the calls it has out, those whose servers do not notice go on unheard. */
  private withdraw(attempt: Attempt, at: number): void {
    this.abandonCalls(attempt, at);
    this.attemptOf.delete(attempt.visit);
    attempt.visit.station.leave(attempt.visit, at);
  }

  private abandonCalls(attempt: Attempt, at: number): void {
    for (const call of attempt.calls) {
      call.cancelTimeout?.();
      call.cancelRetry?.();
      this.leaveAlone(call, at);
    }
    attempt.calls = [];
  }

  private complete(station: NaiveStation, at: number): void {
    const answered: Trip[] = [];
    const calling: Attempt[] = [];
    for (let visit = station.finish(at); visit !== null; visit = station.finish(at)) {
      const attempt = this.attemptOf.get(visit)!;
      if (attempt.task.groups.length > 0) calling.push(attempt);
      else {
        this.attemptOf.delete(visit);
        station.leave(visit, at);
        this.words.send(attempt.trip, 'served', at);
        if (attempt.trip.errand !== null) answered.push(attempt.trip);
      }
    }
    const inside = answered.filter(({ site }) => site.key > 0).length;
    if (inside > 1 || calling.length > 1) this.coincidences += 1;
    for (const trip of answered) this.reply(trip, 'served', at);
    for (const attempt of calling) callGroups(this, this.chances, attempt, 0, at);
  }

  /** An attempt that has made its calls ends. */
  endAttempt(attempt: Attempt, outcome: NaiveOutcome, at: number): void {
    this.attemptOf.delete(attempt.visit);
    attempt.visit.station.leave(attempt.visit, at);
    this.words.send(attempt.trip, outcome, at);
    this.reply(attempt.trip, outcome, at);
  }
}
