import type { QueueSpec } from '../../domain/queue-spec.js';
import { OUTCOME, type Outcome } from '../requests/outcome.js';
import type { PlaneState } from '../requests/plane-state.js';
import type { Messages } from './messages.js';
import { QueueBooks } from './queue-books.js';

/** Tells everybody who counts what becomes of one queue's jobs: the queue's own books, and those of logical requests for jobs from outside. */
export class JobLedger {
  readonly books: QueueBooks;
  private readonly sloMicros: number;

  constructor(
    spec: QueueSpec,
    private readonly messages: Messages,
    private readonly plane: PlaneState,
  ) {
    this.sloMicros = spec.slo.latencyMicros;
    this.books = new QueueBooks(this.sloMicros);
  }

  /** A job has been entered. */
  published(slot: number): void {
    this.books.publish(this.messages.publishedAt[slot]);
    if (this.messages.outside[slot] === 1) this.plane.recorder.offer();
  }

  /** A job is handed to a worker. */
  delivered(slot: number): void {
    const publishedAt = this.messages.publishedAt[slot];
    this.books.deliver(publishedAt, this.plane.board.now, this.messages.receives[slot] === 1);
    if (this.messages.outside[slot] === 1) this.plane.recorder.attempt(publishedAt);
  }

  /** A worker has done a job; a warm one would have taken `kept` less. Returns whether it was the first to do so. */
  completed(slot: number, kept: number): boolean {
    const { messages, plane } = this;
    const { now } = plane.board;
    const first = messages.done[slot] === 0;
    const publishedAt = messages.publishedAt[slot];
    this.books.complete(publishedAt, now, first);
    messages.done[slot] = 1;
    if (!first || messages.outside[slot] === 0) return first;
    plane.recorder.serveJob(publishedAt, now, kept, this.sloMicros);
    plane.observer?.(messages.hop[slot], messages.ordinal[slot], OUTCOME.served, now);
    return true;
  }

  /** A delivery has brought nothing. */
  wasted(slot: number): void {
    if (this.messages.outside[slot] === 1) this.plane.recorder.attemptFailed(this.messages.publishedAt[slot]);
  }

  /** The broker has moved a message to the dead letters. */
  buried(slot: number): void {
    this.books.bury(this.messages.publishedAt[slot]);
  }

  /** A job will never be done. */
  lost(slot: number, fate: Outcome, at: number): void {
    const { messages, plane } = this;
    this.books.lose(messages.publishedAt[slot], fate);
    if (messages.outside[slot] === 0) return;
    plane.recorder.fail(messages.publishedAt[slot], fate);
    plane.observer?.(messages.hop[slot], messages.ordinal[slot], fate, at);
  }
}
