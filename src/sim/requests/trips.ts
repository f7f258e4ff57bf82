import { STRIDE, type Visits, wider } from './visits.js';

/**
 * Written for speed: what is to be known of an attempt on its way over the network, as columns by the visit's handle.
 * It means: a map from visits to objects {site, station, caller, salt, retry, chosen, underWay, life}.
 */
export class Trips {
  /** Its call site, an index. */
  site = new Int32Array(256);
  /** Where it goes; -1 as long as nobody has chosen. */
  station = new Int32Array(256);
  /** Station of the caller, or -1 outside. */
  caller = new Int32Array(256);
  /** Key of the attempt's draws. */
  salt = new Int32Array(256);
  /** 1 where it is not the first attempt; kept only where balancers watch. */
  retry = new Uint8Array(256);
  /** 1 once a station has been chosen. */
  chosen = new Uint8Array(256);
  /** 1 until it has reached its station, or never will. */
  underWay = new Uint8Array(256);
  /** Tells the trips of one handle apart. */
  private life = new Int32Array(256);

  constructor(private readonly visits: Visits) {}

  /** A visit sets out. Returns its row. */
  begin(visit: number): number {
    while (this.site.length * STRIDE < this.visits.end) this.grow();
    const row = visit / STRIDE;
    this.life[row] = (this.life[row] + 1) % LIVES;
    this.chosen[row] = 0;
    this.underWay[row] = 1;
    return row;
  }

  /** A number that names the present trip of a visit, for messages that follow it. */
  token(visit: number): number {
    return this.life[visit / STRIDE] * HANDLES + visit;
  }

  /** The visit of a token, or -1 when its handle has set out again since. */
  visitOf(token: number): number {
    const life = Math.floor(token / HANDLES);
    const visit = token - life * HANDLES;
    return this.life[visit / STRIDE] === life ? visit : -1;
  }

  private grow(): void {
    const size = this.site.length * 2;
    this.site = wider(this.site, new Int32Array(size));
    this.station = wider(this.station, new Int32Array(size));
    this.caller = wider(this.caller, new Int32Array(size));
    this.salt = wider(this.salt, new Int32Array(size));
    this.retry = wider(this.retry, new Uint8Array(size));
    this.chosen = wider(this.chosen, new Uint8Array(size));
    this.underWay = wider(this.underWay, new Uint8Array(size));
    this.life = wider(this.life, new Int32Array(size));
  }
}

/** Handles stay below this; lives wrap long after any message of the first has arrived. */
const HANDLES = 2 ** 30;
const LIVES = 2 ** 22;
