import type { Measurement } from '../../domain/measurement.js';
import type { CostSummary } from '../../domain/cost-summary.js';
import { servingWorkloads } from '../../domain/serving-workloads.js';
import type { NodePoolSpec, WorldSpec } from '../../domain/world-spec.js';
import { egressPerStep, networkResult } from './egress.js';
import { hoursWithin, type Lifetime } from './lifetimes.js';
import { type PaidSpan, paidSpans } from './paid-spans.js';
import type { Demand } from './pods-demand.js';
import { placedLife } from './pod-summary.js';
import type { StepTimes } from './step-times.js';

/** The bill of the run without its warm-up, and what fixed fleets would have cost for the same traffic. */
export function billOf(
  measurement: Measurement,
  world: WorldSpec,
  times: StepTimes,
  demands: ReadonlyMap<string, Demand>,
): CostSummary {
  const { fromMicros, toMicros, totals } = measurement;
  const hours = (toMicros - fromMicros) / 3.6e9;
  const inRun = (life: Lifetime): number => hoursWithin(life, fromMicros, toMicros);
  const spans = world.billing.kind === 'nodes' ? measurement.nodes.flatMap(paidSpans) : [];
  const spent = (of: PaidSpan['of']): number =>
    spans.filter((span) => span.of === of).reduce((sum, span) => sum + span.price * inRun(span), 0);
  const onDemand =
    world.billing.kind === 'nodes'
      ? spent('machine')
      : world.billing.pricePerPodHour *
        measurement.pods.flatMap(placedLife).reduce((sum, life) => sum + inRun(life), 0);
  const disks = spent('disk');
  const egress = egressUsd(measurement.series, world);
  const total = onDemand + disks + egress;
  return {
    total,
    perHour: total / hours,
    perMillionRequests: totals.requests.served === 0 ? null : (total / totals.requests.served) * 1e6,
    byKind: { onDemand, spot: 0, reserved: 0, egress, balancer: 0, other: disks },
    baselines: {
      fixedAtPeak: fleetPerHour(world, demands, (column) => largest(column, times.first)) * hours + egress,
      fixedAtMean: fleetPerHour(world, demands, (column) => Math.ceil(mean(column, times.first))) * hours + egress,
    },
  };
}

function egressUsd(series: Measurement['series'], world: WorldSpec): number {
  const traffic = networkResult(series, world);
  return traffic === null ? 0 : traffic.usd.crossZone + traffic.usd.crossRegion + traffic.usd.internet;
}

/** Money per hour at the end of every step, that for traffic being the mean of the step. */
export function costPerHour(measurement: Measurement, world: WorldSpec, times: StepTimes): Float64Array {
  const price = world.billing.kind === 'pods' ? world.billing.pricePerPodHour : 0;
  const paid =
    world.billing.kind === 'nodes'
      ? measurement.nodes.flatMap(paidSpans)
      : measurement.pods.flatMap(placedLife).map((life) => ({ ...life, price }));
  const ends = times.startSeconds.map((start, i) => (start + times.lengthSeconds[i]) * 1e6);
  const changes = new Float64Array(times.count + 1);
  for (const { start, end, price: each } of paid) {
    changes[firstAtOrAfter(ends, start)] += each;
    if (end !== null) changes[firstAtOrAfter(ends, end)] -= each;
  }
  let sum = 0;
  const egress = egressPerStep(measurement.series, world);
  return times.startSeconds.map((_, i) => {
    sum += changes[i];
    return Math.max(0, Number(sum.toPrecision(12))) + (egress[i] / times.lengthSeconds[i]) * 3600;
  });
}

function firstAtOrAfter(ends: Float64Array, at: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] >= at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Price per hour of a fleet that never changes: so many pods, or the fewest nodes of the first pool whose CPU, memory and pod places hold
 * them by their sums; and a machine for each replica of a workload that has machines of its own.
 */
function fleetPerHour(
  world: WorldSpec,
  demands: ReadonlyMap<string, Demand>,
  size: (column: Float64Array) => number,
): number {
  const fleet = servingWorkloads(world).map(({ name, pod }) => ({
    pod,
    pods: size(demands.get(name)?.demandPods ?? new Float64Array(0)),
    own: world.nodePools.find(({ workload }) => workload === name),
  }));
  if (world.billing.kind === 'pods') {
    return fleet.reduce((sum, { pods }) => sum + pods, 0) * world.billing.pricePerPodHour;
  }
  const machines = fleet.reduce((sum, { pods, own }) => sum + pods * (own?.pricePerHour ?? 0), 0);
  const shared = fleet.filter(({ own }) => own === undefined);
  const pool = world.nodePools.find(({ workload }) => workload === undefined);
  if (pool === undefined) return machines;
  const pods = shared.reduce((sum, one) => sum + one.pods, 0);
  const cpuMillis = shared.reduce((sum, one) => sum + one.pods * (one.pod.cpuRequestMillis ?? 0), 0);
  const memoryMiB = shared.reduce((sum, one) => sum + one.pods * (one.pod.memoryRequestMiB ?? 0), 0);
  return machines + nodesFor(pool, { cpuMillis, memoryMiB, pods }) * pool.pricePerHour;
}

function nodesFor(pool: NodePoolSpec, need: { cpuMillis: number; memoryMiB: number; pods: number }): number {
  return Math.ceil(
    Math.max(need.cpuMillis / pool.cpuMillis, need.memoryMiB / pool.memoryMiB, need.pods / pool.maxPods),
  );
}

function largest(column: Float64Array, first: number): number {
  return column.subarray(first).reduce((most, value) => Math.max(most, value), 0);
}

function mean(column: Float64Array, first: number): number {
  const counted = column.subarray(first);
  return counted.reduce((sum, value) => sum + value, 0) / Math.max(1, counted.length);
}
