import { NextOccurrence } from '../../../domain/schedule/next-occurrence.js';
import type { CronTrigger, TriggerReading } from './trigger.js';

/**
 * A trigger by the clock: inside of its window as long as its end comes before its next start.
 *
 * Source: kedacore/keda pkg/scalers/cron_scaler.go.
 */
export class CronWindow {
  private readonly start: NextOccurrence;
  private readonly end: NextOccurrence;

  constructor(private readonly trigger: CronTrigger) {
    this.start = new NextOccurrence(trigger.start);
    this.end = new NextOccurrence(trigger.end);
  }

  /** What it shows at an instant, in microseconds since 1970-01-01T00:00Z. */
  read(epochMicros: number): TriggerReading {
    const clock = epochMicros + this.trigger.utcOffsetMicros;
    const start = this.start.after(clock) ?? Infinity;
    const end = this.end.after(clock) ?? Infinity;
    const isActive = start >= end;
    return { value: isActive ? this.trigger.desiredReplicas : 0, isActive };
  }
}
