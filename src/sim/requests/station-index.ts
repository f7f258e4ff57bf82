import type { StationBoard } from './station-board.js';

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
  private keys = new Float64Array(0);
  /** The station that a key is of, by the key's position. */
  private winners = new Int32Array(0);
  /** Where each level begins in `keys`. */
  private levels = new Int32Array(0);
  private members = new Uint8Array(0);

  constructor(private readonly board: StationBoard) {
    this.widen(GROUP);
  }

  /** Index of the station it happens at; must not be asked of an empty index. */
  get first(): number {
    return this.winners[this.winners.length - 1];
  }

  /** Makes a station a member. */
  add(station: number): void {
    while (station >= this.members.length) this.widen(this.members.length * GROUP);
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
    const above = members.length + (station >> 3);
    if (key <= keys[above] || winners[above] === station) this.carry(station);
  }

  /** Decides the groups that a station stands in anew, until one keeps its first. */
  private carry(station: number): void {
    const { keys, winners, levels } = this;
    let place = station;
    let replaced = station;
    for (let level = 1; level < levels.length; level += 1) {
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
    this.due[0] = keys[keys.length - 1];
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
    const { keys, members } = this;
    const levels = [0];
    let end = room;
    for (let size = room / GROUP; size >= 1; size /= GROUP) {
      levels.push(end);
      end += size;
    }
    this.levels = Int32Array.from(levels);
    this.keys = new Float64Array(end).fill(Infinity);
    this.keys.set(keys.subarray(0, members.length));
    this.winners = Int32Array.from({ length: end }, (_, i) => i);
    this.members = new Uint8Array(room);
    this.members.set(members);
    for (let level = 1; level < levels.length; level += 1) {
      const size = room / GROUP ** level;
      for (let place = 0; place < size; place += 1) {
        this.decide(levels[level] + place, levels[level - 1] + place * GROUP);
      }
    }
    this.due[0] = this.keys[end - 1];
  }
}

const GROUP = 8;
