import type { TrafficSpec } from '../../domain/traffic-spec.js';
import type { Streams } from '../../kernel/streams.js';
import type { JobDesk } from '../queues/job-desk.js';
import type { OperationTable } from './operations.js';
import type { RequestPlane } from './request-plane.js';
import { TrafficSource } from './traffic-source.js';

/** Where those who come from outside are added. */
export interface TrafficDoors {
  readonly plane: RequestPlane;
  readonly table: OperationTable;
  /** Null where there are no queues. */
  readonly desk: JobDesk | null;
  readonly streams: Streams;
}

/** Adds a stream of requests, the users who make them, or the publisher of jobs. */
export function addTraffic(spec: TrafficSpec, { plane, table, desk, streams }: TrafficDoors): void {
  if (spec.queue !== undefined && desk !== null) {
    const source = new TrafficSource(asJobs(spec), table, streams);
    plane.addSource(source);
    desk.addPublisher(spec, source);
    return;
  }
  const source = new TrafficSource(spec, table, streams);
  plane.addSource(source);
  if (spec.users === undefined) return;
  const draws = { think: streams.stream('think', spec.name), pick: streams.stream('class', spec.name) };
  plane.attempts.crowds.add(spec.users, source, draws);
}

/** A source that lends its classes and brings nothing itself. A job ends with its acknowledgement: one more group, of no calls. */
function asJobs(spec: TrafficSpec): TrafficSpec {
  const edges = spec.rates.edgesMicros;
  const rates = { edgesMicros: Float64Array.of(edges[0], edges[edges.length - 1]), ratePerSecond: Float64Array.of(0) };
  return { ...spec, rates, classes: spec.classes.map((one) => ({ ...one, calls: [...one.calls, []] })) };
}
