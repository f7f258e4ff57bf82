import { EventQueue } from '../../kernel/event-queue.js';
import { SlotQueue } from '../requests/slot-queue.js';
import { MESSAGE, type Messages } from './messages.js';

/**
 * The messages that wait in one queue, the oldest by publication first. Those that have come back are older than all that have never been
 * delivered, since the oldest is always delivered first; so there are two lines, and the first is sorted.
 */
export class WaitingMessages {
  count = 0;
  private readonly fresh = new SlotQueue();
  /** By sequence. A message that was acknowledged after it came back is still here, to be passed over. */
  private readonly returned = new EventQueue();

  constructor(private readonly messages: Messages) {}

  /** A new message. */
  add(slot: number): void {
    this.fresh.push(slot);
    this.count += 1;
  }

  /** A message comes back. */
  addAgain(slot: number): void {
    this.messages.state[slot] = MESSAGE.waiting;
    this.returned.push(this.messages.sequence[slot], 0, slot);
    this.count += 1;
  }

  /** A message that has come back is acknowledged after all; the caller changes its state. */
  drop(): void {
    this.count -= 1;
  }

  /** The oldest, or -1 where none waits. */
  get oldest(): number {
    this.passOver();
    if (this.returned.size > 0) return this.returned.nextPayload;
    return this.fresh.size > 0 ? this.fresh.first : -1;
  }

  /** Removes the oldest and returns it. Must not be called where none waits. */
  shift(): number {
    this.passOver();
    this.count -= 1;
    return this.returned.size > 0 ? this.returned.pop() : this.fresh.shift();
  }

  private passOver(): void {
    const { returned, messages } = this;
    while (returned.size > 0) {
      const slot = returned.nextPayload;
      if (messages.state[slot] === MESSAGE.waiting && messages.sequence[slot] === returned.nextTime) return;
      returned.pop();
    }
  }
}
