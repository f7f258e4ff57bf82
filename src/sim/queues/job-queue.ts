import type { QueueTotals } from '../../domain/queue-totals.js';
import type { ConsumerSpec, QueueSpec } from '../../domain/queue-spec.js';
import { mixKeys } from '../../kernel/random.js';
import type { QueueGauges } from '../data-plane.js';
import type { Boarding } from '../requests/boarding.js';
import type { JobQueuePort } from '../requests/job-port.js';
import type { Draw } from '../requests/draw.js';
import type { Operation } from '../requests/operations.js';
import { OUTCOME, type Outcome } from '../requests/outcome.js';
import { LISTENER, type PlaneState } from '../requests/plane-state.js';
import { TIMER } from '../requests/timer-phase.js';
import { CALL, DELIVERY } from '../requests/visits.js';
import { type Consumer, Consumers } from './consumers.js';
import { Deliveries, FAILED } from './deliveries.js';
import { JobLedger } from './job-ledger.js';
import { MESSAGE, Messages } from './messages.js';
import { type OpenJobs, openJobs } from './open-jobs.js';
import { WaitingMessages } from './waiting-messages.js';

/** What a queue works with. */
export interface JobQueueParts {
  readonly plane: PlaneState;
  readonly boarding: Boarding;
  readonly spec: QueueSpec;
  readonly consumer: ConsumerSpec;
  /** Null where a job is at its worker at once. */
  readonly receiveLatency: Draw | null;
  /** Sets a timer of this queue; the payload, below 2^47, comes back when it is due. */
  readonly setTimer: (at: number, phase: number, payload: number) => void;
}

/**
 * One queue of a broker and the pods that take jobs from it.
 *
 * A job is delivered to the pod that has asked first, the oldest job first, and is acknowledged when it is done. A delivery that is not
 * acknowledged within the visibility time-out, fails, or is cut off makes the message wait again, in its old place; the worker that is at it
 * does not know and goes on. An acknowledgement counts as long as the message has not been delivered again since.
 */
export class JobQueue implements JobQueuePort {
  readonly ledger: JobLedger;
  private readonly messages = new Messages();
  private readonly waiting = new WaitingMessages(this.messages);
  private readonly deliveries = new Deliveries();
  private readonly consumers: Consumers;
  /** Delivered and not acknowledged. */
  private unacknowledged = 0;

  constructor(private readonly parts: JobQueueParts) {
    this.ledger = new JobLedger(parts.spec, this.messages, parts.plane);
    this.consumers = new Consumers(parts.consumer.prefetch);
  }

  get name(): string {
    return this.parts.spec.name;
  }

  publish(operation: Operation, ordinal: number, hop: number, outside: boolean): void {
    const { messages, waiting } = this;
    const { now } = this.parts.plane.board;
    this.expire();
    const slot = messages.take(now);
    messages.ordinal[slot] = ordinal;
    messages.hop[slot] = hop;
    messages.operation[slot] = operation.id;
    messages.outside[slot] = outside ? 1 : 0;
    this.ledger.published(slot);
    if (waiting.count >= (this.parts.spec.limit ?? Infinity)) {
      this.giveUp(slot, OUTCOME.rejected, now);
      return;
    }
    waiting.add(slot);
    this.handOut();
  }

  opened(station: number): void {
    this.look(this.consumers.open(station, this.parts.plane.board.now));
  }

  closed(station: number): void {
    this.consumers.close(station);
  }

  /** The broker gives a delivery up: its visibility time-out is over, or it has heard that the worker is gone. */
  visibleAgain(token: number): void {
    const { messages } = this;
    const slot = messages.slotOf(token);
    if (slot < 0 || messages.state[slot] !== MESSAGE.delivered) return;
    this.unacknowledged -= 1;
    if (messages.receives[slot] >= (this.parts.spec.maxReceives ?? Infinity)) {
      this.ledger.buried(slot);
      this.giveUp(slot, OUTCOME.deadLettered, this.parts.plane.board.now);
      return;
    }
    this.waiting.addAgain(slot);
    this.parts.setTimer(this.parts.plane.board.now, TIMER.jobOffered, 0);
  }

  /** A delivery reaches its pod; one that listens no more is as good as cut off. */
  arrived(delivery: number): void {
    const { plane, boarding } = this.parts;
    const { visits } = plane;
    const { messages, deliveries } = this;
    const slot = deliveries.message[delivery];
    const operation = plane.operations[messages.operation[slot]];
    const [ordinal, hop] = [messages.ordinal[slot], messages.hop[slot]];
    const visit = boarding.newVisit(operation, ordinal, hop);
    visits.ints[2 * visit + CALL] = LISTENER.job;
    visits.ints[2 * visit + DELIVERY] = delivery;
    operation.tally.offered += 1;
    const salt = mixKeys(hop, messages.receives[slot]);
    if (boarding.bring(visit, operation, deliveries.station[delivery], ordinal, salt) === OUTCOME.served) return;
    visits.release(visit);
    this.ended(delivery, -1);
  }

  /** A sleeping pod asks again. */
  asks(station: number): void {
    const consumer = this.consumers.at(station);
    if (consumer?.open === true && consumer.asksAt === this.parts.plane.board.now) this.look(consumer);
  }

  /**
   * A delivery is over: done, which would have taken `kept` less at a warm pod, or failed where that is `FAILED`. Returns whether it was the
   * first to do its job.
   */
  ended(delivery: number, kept: number): boolean {
    const { messages, deliveries, ledger } = this;
    const slot = deliveries.message[delivery];
    const newest = messages.receipt[slot] === deliveries.receipt[delivery];
    const consumer = this.consumers.at(deliveries.station[delivery]);
    deliveries.release(delivery);
    messages.running[slot] -= 1;
    const first = kept !== FAILED && ledger.completed(slot, kept);
    if (!first) ledger.wasted(slot);
    if (newest) this.settle(slot, kept !== FAILED);
    if (messages.state[slot] === MESSAGE.gone) this.forget(slot, this.parts.plane.board.now);
    if (consumer === undefined) return first;
    this.consumers.letGo(consumer);
    if (consumer.open) this.look(consumer);
    return first;
  }

  gauges(): QueueGauges {
    const ageSeconds = this.ageSeconds();
    const { count } = this.waiting;
    const { published } = this.ledger.books;
    return { waiting: count, reading: { messages: count + this.unacknowledged, ageSeconds, published } };
  }

  closeStep(seconds: number): void {
    const ageSeconds = this.ageSeconds();
    const { unacknowledged, waiting } = this;
    this.ledger.books.closeStep(seconds, { waiting: waiting.count, unacknowledged, ageSeconds });
  }

  /** What is open of the jobs published after time zero. */
  open(which: 'all' | 'outside'): OpenJobs {
    return openJobs(this.messages, which, this.parts.plane.board.now - this.parts.spec.slo.latencyMicros);
  }

  totals(): QueueTotals {
    return this.ledger.books.sum(this.open('all'));
  }

  /** Everything that waits goes to pods with a place free; those that sleep are put down to ask. What comes back at one instant does so together. */
  handOut(): void {
    if (this.parts.consumer.pollMicros > 0) {
      this.wake();
      return;
    }
    this.expire();
    while (this.waiting.count > 0) {
      const consumer = this.consumers.first();
      if (consumer === undefined) return;
      this.deliver(consumer);
    }
  }

  /** A pod asks for as many jobs as it has places. */
  private look(consumer: Consumer): void {
    if (this.parts.consumer.pollMicros === 0) {
      this.handOut();
      return;
    }
    this.expire();
    while (this.waiting.count > 0 && this.consumers.hasPlace(consumer)) this.deliver(consumer);
    consumer.askedAt = this.parts.plane.board.now;
    consumer.asksAt = NaN;
  }

  private wake(): void {
    const { now } = this.parts.plane.board;
    const { pollMicros } = this.parts.consumer;
    for (const consumer of this.consumers.waiting) {
      if (!Number.isNaN(consumer.asksAt)) continue;
      const pauses = Math.floor((now - consumer.askedAt) / pollMicros) + 1;
      consumer.asksAt = consumer.askedAt + pauses * pollMicros;
      this.parts.setTimer(consumer.asksAt, TIMER.jobAsked, consumer.station);
    }
  }

  private deliver(consumer: Consumer): void {
    const { plane, spec, setTimer } = this.parts;
    const { messages } = this;
    const { now } = plane.board;
    const slot = this.waiting.shift();
    const delivery = this.deliveries.take(slot, messages.receive(slot), consumer.station);
    this.unacknowledged += 1;
    this.consumers.take(consumer);
    this.ledger.delivered(slot);
    if (spec.visibilityTimeoutMicros !== undefined) {
      setTimer(now + spec.visibilityTimeoutMicros, TIMER.jobVisible, messages.token(slot));
    }
    const arrival = Math.round(now + this.latencyOf(slot));
    if (arrival > now) setTimer(arrival, TIMER.jobArrived, delivery);
    else this.arrived(delivery);
  }

  private latencyOf(slot: number): number {
    const { receiveLatency: latency } = this.parts;
    if (latency === null) return 0;
    const { ordinal, hop, receives } = this.messages;
    return latency.sample(latency.random, ordinal[slot], mixKeys(hop[slot], receives[slot]));
  }

  /**
   * The newest delivery of a message is over. A broker that hears of a failure lets the message wait again a microsecond later, so that
   * time goes on; one that does not waits for the visibility time-out.
   */
  private settle(slot: number, acknowledged: boolean): void {
    const { messages } = this;
    const delivered = messages.state[slot] === MESSAGE.delivered;
    if (!acknowledged) {
      if (!delivered || this.parts.spec.redelivery === 'visibility-timeout') return;
      this.parts.setTimer(this.parts.plane.board.now + 1, TIMER.jobVisible, messages.token(slot));
      return;
    }
    if (delivered) this.unacknowledged -= 1;
    else if (messages.state[slot] === MESSAGE.waiting) this.withdraw(slot);
    messages.state[slot] = MESSAGE.gone;
  }

  /** A message that waits again was done after all. */
  private withdraw(slot: number): void {
    if (slot === this.waiting.oldest) {
      this.ledger.books.see(this.messages.publishedAt[slot], this.parts.plane.board.now);
    }
    this.waiting.drop();
  }

  private expire(): void {
    const { retentionMicros } = this.parts.spec;
    if (retentionMicros === undefined) return;
    const { now } = this.parts.plane.board;
    for (let slot = this.waiting.oldest; slot >= 0; slot = this.waiting.oldest) {
      const at = this.messages.publishedAt[slot] + retentionMicros;
      if (at > now) return;
      this.ledger.books.see(this.messages.publishedAt[slot], at);
      this.giveUp(this.waiting.shift(), OUTCOME.expired, at);
    }
  }

  /** The broker forgets a message; its job has a last chance where a worker is still at it. */
  private giveUp(slot: number, fate: Outcome, at: number): void {
    this.messages.state[slot] = MESSAGE.gone;
    this.messages.fate[slot] = fate;
    this.forget(slot, at);
  }

  private forget(slot: number, at: number): void {
    const { messages } = this;
    if (messages.running[slot] > 0) return;
    if (messages.done[slot] === 0) this.ledger.lost(slot, fateOf(messages.fate[slot]), at);
    messages.release(slot);
  }

  private ageSeconds(): number {
    this.expire();
    const slot = this.waiting.oldest;
    if (slot < 0) return 0;
    const { now } = this.parts.plane.board;
    const publishedAt = this.messages.publishedAt[slot];
    this.ledger.books.see(publishedAt, now);
    return (now - publishedAt) / 1e6;
  }
}

function fateOf(code: number): Outcome {
  if (code === OUTCOME.deadLettered) return OUTCOME.deadLettered;
  return code === OUTCOME.expired ? OUTCOME.expired : OUTCOME.rejected;
}
