import type { CallShortcut } from '../requests/call-shortcut.js';
import type { JobQueuePort } from '../requests/job-port.js';
import type { Operation } from '../requests/operations.js';

/** A call that is not made, but published: the caller goes on at once. */
export class PublishingCall implements CallShortcut {
  constructor(
    private readonly queue: JobQueuePort,
    private readonly operation: Operation,
  ) {}

  spares(_station: number, ordinal: number, key: number): boolean {
    this.queue.publish(this.operation, ordinal, key, false);
    return true;
  }
}
