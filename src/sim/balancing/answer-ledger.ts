import type { PodAnswers } from '../data-plane.js';
import { wider } from '../requests/visits.js';

/** What balancers count of each station they send attempts to: how many have left it, however they ended, and how long they were on board. */
export class AnswerLedger {
  private answered = new Float64Array(64);
  private micros = new Float64Array(64);
  /** When each attempt in flight set out, by its key. */
  private readonly since = new Map<number, number>();

  boarded(key: number, now: number): void {
    this.since.set(key, now);
  }

  /** An attempt has never been on board, which says nothing of the time that others take. */
  forget(key: number): void {
    this.since.delete(key);
  }

  left(key: number, station: number, now: number): void {
    while (this.answered.length <= station) this.widen();
    this.answered[station] += 1;
    this.micros[station] += now - (this.since.get(key) ?? now);
    this.since.delete(key);
  }

  /** Counters of a station. */
  of(station: number): PodAnswers {
    if (station >= this.answered.length) return { answered: 0, micros: 0 };
    return { answered: this.answered[station], micros: this.micros[station] };
  }

  private widen(): void {
    const longer = this.answered.length * 2;
    this.answered = wider(this.answered, new Float64Array(longer));
    this.micros = wider(this.micros, new Float64Array(longer));
  }
}
