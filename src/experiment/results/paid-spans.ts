import type { NodeRecord } from '../../domain/measurement.js';
import type { Lifetime } from './lifetimes.js';

/** A stretch of time that costs so much an hour. */
export interface PaidSpan extends Lifetime {
  readonly price: number;
  /** The machine, or its disk while it is stopped. */
  readonly of: 'machine' | 'disk';
}

const SECOND = 1e6;
/** Source: https://aws.amazon.com/ec2/pricing/on-demand/: by the second, with a minimum of 60 seconds, for Linux; Google Cloud has the same. */
const SHORTEST = 60 * SECOND;

/** When a machine ran, ready or not. */
export function runningSpans({ paidFrom, removedAt, stops }: NodeRecord): Lifetime[] {
  if (paidFrom === null) return [];
  const spans: Lifetime[] = [];
  let start: number | null = paidFrom;
  for (const { from, to } of stops?.times ?? []) {
    if (start !== null) spans.push({ start, end: from });
    start = to;
  }
  if (start !== null) spans.push({ start, end: removedAt });
  return spans.filter((span) => span.end === null || span.end > span.start);
}

/**
 * What a machine costs when: every time it runs, ready or not, by the started second and for a minute at least; in between, where it is
 * stopped, its disk.
 */
export function paidSpans(node: NodeRecord): PaidSpan[] {
  const runs = runningSpans(node).map(({ start, end }): PaidSpan => ({
    start,
    end: billedEnd(start, end),
    price: node.pricePerHour,
    of: 'machine',
  }));
  const disks = (node.stops?.times ?? []).map(({ from, to }): PaidSpan => ({
    start: from,
    end: to ?? node.removedAt,
    price: node.stops?.pricePerHour ?? 0,
    of: 'disk',
  }));
  return [...runs, ...disks];
}

function billedEnd(start: number, end: number | null): number | null {
  if (end === null) return null;
  return start + Math.max(SHORTEST, Math.ceil((end - start) / SECOND) * SECOND);
}
