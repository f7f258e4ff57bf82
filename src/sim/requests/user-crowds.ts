import type { UserSpec } from '../../domain/traffic-spec.js';
import type { CallSite } from './operations.js';
import { TIMER } from './timer-phase.js';
import type { TrafficSource } from './traffic-source.js';
import { crowdOf, type CrowdStreams, type SetTimer, UserCrowd } from './user-crowd.js';

/** The users of all sources that have users. */
export class UserCrowds {
  private readonly crowds: UserCrowd[] = [];
  /** Whose requests enter at a call site, by its id; call sites of other sources are missing. */
  private readonly ofSite = new Map<number, UserCrowd>();

  constructor(
    private readonly setTimer: SetTimer,
    /** A request enters at a site. */
    private readonly ask: (site: CallSite, ordinal: number, hop: number) => void,
  ) {}

  /** Adds the users of a source. */
  add(spec: UserSpec, source: TrafficSource, streams: CrowdStreams): void {
    const crowd = new UserCrowd(spec, source, this.crowds.length, streams, this.setTimer);
    this.crowds.push(crowd);
    for (const { id } of source.sites) this.ofSite.set(id, crowd);
  }

  /** A timer that one of them has set is due, now. */
  turn(phase: number, payload: number, now: number): void {
    const crowd = this.crowds[crowdOf(payload)];
    if (phase === TIMER.population) {
      crowd.change(now);
      return;
    }
    const ordinal = crowd.ask(payload);
    if (ordinal >= 0) this.ask(crowd.siteOf(ordinal), ordinal, crowd.hop);
  }

  /** A request that entered at a site has ended, now. */
  ended(site: number, ordinal: number, now: number): void {
    if (this.crowds.length > 0) this.ofSite.get(site)?.ended(ordinal, now);
  }
}
