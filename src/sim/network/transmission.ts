import { type KeyedRandom, mixKeys } from '../../kernel/random.js';
import { delayAt, type Disturbance, lossAt } from './disturbances.js';

/** First wait for an acknowledgement: RFC 6298 with Linux's minimum of 200 ms (TCP_RTO_MIN), which short round trips never exceed. */
const FIRST_TIMEOUT_MICROS = 200_000;
/** Longest wait (TCP_RTO_MAX). */
const LAST_TIMEOUT_MICROS = 120e6;
/** Transmissions after the first before the connection is given up (tcp_retries2). Source: Linux, Documentation/networking/ip-sysctl.rst. */
const RETRANSMISSIONS = 15;

/** The way of a message in one direction, but for how long it takes. */
export interface Leg {
  /** Chance that one transmission is lost whatever happens. */
  readonly loss: number;
  readonly disturbances: readonly Disturbance[];
}

/** What happens to messages on their way. */
export class Transmission {
  /** Whether the last message was given up; the instant is then that of giving up. */
  givenUp = false;
  /** Messages sent again so far, each time counted. */
  retransmissions = 0;
  /** Of the last message. */
  private sentAgain = 0;

  constructor(private readonly random: KeyedRandom) {}

  /**
   * Instant at which a message reaches the other end that is sent now and takes `oneWayMicros`.
   *
   * A lost one is sent again after 200 ms, then after twice as long each time, up to two minutes; each transmission meets the disturbances of
   * its own instant. The draws belong to the message: its ordinal and `key`.
   */
  arrival(now: number, oneWayMicros: number, leg: Leg, ordinal: number, key: number): number {
    const at = this.foresee(now, oneWayMicros, leg, ordinal, key);
    this.retransmissions += this.sentAgain;
    return at;
  }

  /** The same of a message that is counted when it is sent. */
  foresee(now: number, oneWayMicros: number, leg: Leg, ordinal: number, key: number): number {
    this.givenUp = false;
    this.sentAgain = 0;
    if (leg.loss === 0 && leg.disturbances.length === 0) return now + oneWayMicros;
    let sentAt = now;
    let timeout = FIRST_TIMEOUT_MICROS;
    for (let time = 0; time <= RETRANSMISSIONS; time += 1) {
      const loss = lossAt(leg.disturbances, sentAt, leg.loss);
      if (loss === 0 || this.random.uniform(ordinal, mixKeys(key, time)) >= loss) {
        this.sentAgain = time;
        return sentAt + oneWayMicros + delayAt(leg.disturbances, sentAt);
      }
      sentAt += timeout;
      timeout = Math.min(2 * timeout, LAST_TIMEOUT_MICROS);
    }
    this.sentAgain = RETRANSMISSIONS;
    this.givenUp = true;
    return sentAt;
  }
}

/** Keys of the draws of an attempt's messages; its answer goes by `back`, and from the balancer on by `toClient` where it came there by a leg of its own. */
export const LEG = { out: 1, fromBalancer: 2, back: 3, cancellation: 4, toClient: 5 } as const;
