import type { Bottleneck } from '../../domain/bottleneck.js';
import { formatNumber } from '../../domain/number-format.js';
import type { Measurement } from '../../domain/measurement.js';
import type { WorkloadSpec } from '../../domain/world-spec.js';
import { columnOf } from './step-times.js';
import { accountForHalf, meanOver, type Window } from './worst-window.js';

/** Pods that are busier than this on average lack pods, however the load is spread. */
const BUSY = 0.8;
/** Of the saturated ones, so many stand in one zone. */
const NEARLY_ALL = 0.9;

/**
 * Where some pods, at most half of them or those of one zone, had all they could do while all together had room, in the steps that account
 * for at least half of the late and failed requests: the load was not spread as it could have been.
 */
export function unevenLoad(
  { series }: Measurement,
  workloads: readonly WorkloadSpec[],
  window: Window,
): Pick<Bottleneck, 'kind' | 'name' | 'why'> | null {
  const violated = columnOf(series, 'service', '', 'violated');
  for (const { name } of workloads) {
    const read = (column: string): Float64Array => columnOf(series, 'workload', name, column);
    const [ready, saturated, busy] = [read('readyPods'), read('saturatedPods'), read('busyShare')];
    const zones = zonesOf(series, name).map((zone) => ({ zone, saturated: read(`${ZONE}${zone}`) }));
    const inOneZone = (i: number): boolean => zones.some((zone) => zone.saturated[i] >= saturated[i] * NEARLY_ALL);
    const few = (i: number): boolean => saturated[i] <= ready[i] / 2 || (saturated[i] < ready[i] && inOneZone(i));
    const uneven = accountForHalf(violated, window, (i) => saturated[i] >= 1 && few(i) && busy[i] <= BUSY);
    if (uneven === null) continue;
    const mean = (column: Float64Array): number => meanOver(column, uneven);
    const hot = zones.find((zone) => mean(zone.saturated) >= mean(saturated) * NEARLY_ALL);
    const where = hot === undefined ? '' : ` in zone ${hot.zone}`;
    const share = `${(mean(busy) * 100).toFixed(0)}%`;
    const why = `${count(mean(saturated))} of ${count(mean(ready))} pods${where} ${count(mean(saturated)) === '1' ? 'was' : 'were'} saturated while all of them together were ${share} busy`;
    return { kind: 'balancer', name, why };
  }
  return null;
}

const ZONE = 'saturatedPods.';

function zonesOf({ tables }: Measurement['series'], workload: string): string[] {
  const columns = tables.find(({ kind, entity }) => kind === 'workload' && entity === workload)?.columns ?? {};
  return Object.keys(columns).flatMap((column) => (column.startsWith(ZONE) ? [column.slice(ZONE.length)] : []));
}

function count(pods: number): string {
  return formatNumber(Number(pods.toFixed(pods < 10 ? 1 : 0)));
}
