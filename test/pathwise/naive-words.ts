import type { NaiveAgenda } from './naive-agenda.js';
import { judge, landed } from './naive-fleet.js';
import { messageOf, type NaiveNetwork } from './naive-network.js';
import type { Errand, NaiveOutcome, Trip } from './naive-nouns.js';

/** Word of attempts on its way to the balancers that have sent them. */
export class NaiveWords {
  constructor(
    private readonly agenda: NaiveAgenda,
    private readonly network: NaiveNetwork,
  ) {}

  /** A balancer that clients outside have met waits for as long as they do, from when they have met it. */
  waitFor(trip: Trip, at: number): void {
    const { timeoutMicros, serverStops } = trip.site.client;
    if (timeoutMicros === null) return;
    this.agenda.set(at + timeoutMicros, 'balancer gives up', (then) => {
      judge(trip, 'timed out', then);
      if (serverStops) landed(trip);
    });
  }

  /** A caller inside gives up an attempt, and so does the balancer beside him. */
  callerGivesUp({ caller, present, site }: Errand, at: number): void {
    if (caller === null || present === null) return;
    judge(present, 'timed out', at);
    if (site.client.serverStops) landed(present);
  }

  /** The station of an attempt has done with it, and says so, whoever else waits. */
  send(trip: Trip, outcome: NaiveOutcome, at: number): void {
    const way = this.network.word(messageOf(trip), at);
    const unheard = trip.caller !== null && trip.errand === null;
    if (unheard || outcome === 'gave up') trip.unjudged = false;
    this.comes(trip, way.givenUp ? 'cut off' : outcome, at, way.at);
  }

  /** A balancer hears then how an attempt has ended. */
  comes(trip: Trip, outcome: NaiveOutcome, at: number, then: number): void {
    this.agenda.when(at, then, 'balancer hears', (now) => {
      judge(trip, outcome, now);
      landed(trip);
    });
  }
}
