import type { StationBoard } from './station-board.js';
import { wider } from './visits.js';

/**
 * Written for speed: stations ordered by their next completion, for scenarios in which somebody needs the instant of it.
 * It means: the least of (nextAt, index) over the members. `update` must follow every change of a member's `nextAt`.
 *
 * A tournament: stations stand in groups of eight, which fill one cache line, the firsts of eight groups stand in a group, and so on to the
 * last group of all. Most changes touch no first and end after one comparison.
 */
export class StationIndex {
  /** One cell: instant of the earliest completion, or Infinity. */
  readonly due = Float64Array.of(Infinity);
  /** When each completes next, level by level, the stations' own first and the earliest of all last; Infinity for strangers. */
  private keys = new Float64Array(placesOf(ENOUGH));
  /** The station that a key is of, by the key's position. */
  private winners = new Int32Array(placesOf(ENOUGH));
  private members = new Uint8Array(ENOUGH);
  /** Where each level begins in `keys`, and how many there are. */
  private readonly levels = new Int32Array(16);
  private depth = 0;
  /** Stations on the lowest level, a power of the group's size. */
  private room = 0;
  /** Where the earliest of all stands. */
  private top = 0;

  constructor(private readonly board: StationBoard) {
    this.widen(GROUP);
  }

  /** Index of the station it happens at; must not be asked of an empty index. */
  get first(): number {
    return this.winners[this.top];
  }

  /** Makes a station a member. */
  add(station: number): void {
    while (station >= this.room) this.widen(this.room * GROUP);
    this.members[station] = 1;
    this.update(station);
  }

  /** Takes note of a station's `nextAt`; does nothing for strangers. */
  update(station: number): void {
    const { keys, members, winners } = this;
    if (station >= members.length || members[station] === 0) return;
    const key = this.board.nextAt[station];
    if (keys[station] === key) return;
    keys[station] = key;
    const above = this.room + (station >> 3);
    if (key <= keys[above] || winners[above] === station) this.carry(station);
  }

  /** Decides the groups that a station stands in anew, until one keeps its first. */
  private carry(station: number): void {
    const { keys, winners, levels, depth } = this;
    let place = station;
    let replaced = station;
    for (let level = 1; level < depth; level += 1) {
      const from = levels[level - 1] + place;
      place >>= 3;
      const at = levels[level] + place;
      const before = winners[at];
      if (before === replaced && keys[from] > keys[at]) this.decide(at, levels[level - 1] + (place << 3));
      else if (before === replaced || keys[from] < keys[at] || (keys[from] === keys[at] && winners[from] < before)) {
        keys[at] = keys[from];
        winners[at] = winners[from];
      } else return;
      replaced = before;
    }
    this.due[0] = keys[this.top];
  }

  /**
   * Writes the first of the group that begins at `from` to `at`. It means: the least key, of equal ones the first. A tournament of pairs in
   * which the loser is dropped by arithmetic: which it is cannot be foretold, and a branch taken in vain costs more.
   */
  private decide(at: number, from: number): void {
    const { keys } = this;
    const a = from + Number(keys[from + 1] < keys[from]);
    const b = from + 2 + Number(keys[from + 3] < keys[from + 2]);
    const c = from + 4 + Number(keys[from + 5] < keys[from + 4]);
    const d = from + 6 + Number(keys[from + 7] < keys[from + 6]);
    const left = a + (b - a) * Number(keys[b] < keys[a]);
    const right = c + (d - c) * Number(keys[d] < keys[c]);
    const best = left + (right - left) * Number(keys[right] < keys[left]);
    keys[at] = keys[best];
    this.winners[at] = this.winners[best];
  }

  /** Makes room for so many stations, a power of the group's size. */
  private widen(room: number): void {
    const before = this.keys.slice(0, this.room);
    if (room > this.members.length) {
      this.members = wider(this.members, new Uint8Array(room));
      this.keys = new Float64Array(placesOf(room));
      this.winners = new Int32Array(placesOf(room));
    }
    this.room = room;
    this.layOut();
    this.keys.fill(Infinity);
    this.keys.set(before);
    for (let i = 0; i < this.winners.length; i += 1) this.winners[i] = i;
    for (let level = 1; level < this.depth; level += 1) {
      const size = room / GROUP ** level;
      for (let place = 0; place < size; place += 1) {
        this.decide(this.levels[level] + place, this.levels[level - 1] + place * GROUP);
      }
    }
    this.due[0] = this.keys[this.top];
  }

  private layOut(): void {
    let begin = 0;
    this.depth = 0;
    for (let size = this.room; size >= 1; size /= GROUP) {
      this.levels[this.depth] = begin;
      this.depth += 1;
      begin += size;
    }
    this.top = begin - 1;
  }
}

const GROUP = 8;

/** Stations there is room for at first: see `Visits`. */
const ENOUGH = 512;

/** Keys on all levels of an index with room for so many stations. */
function placesOf(room: number): number {
  let places = 0;
  for (let size = room; size >= 1; size /= GROUP) places += size;
  return places;
}
