import type { RunSeries, SeriesTable } from '../../domain/run-result.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { type Micros, micros, toSeconds } from '../../kernel/micros.js';
import { PHASE, type Timeline } from '../../kernel/timeline.js';
import type { Cluster } from '../cluster.js';
import type { JvmBooks } from '../jvm/jvm-books.js';
import type { ExactPlane } from '../requests/request-plane.js';
import { joinTables } from './join-tables.js';
import { PoolColumns } from './pool-columns.js';
import { WorkloadColumns } from './workload-columns.js';

/**
 * Closes the steps of the run and keeps the series.
 *
 * Steps end at the whole multiples of their length and at the end of the run, so that the end of the warm-up is always the end of a step;
 * where warm-up or duration are no such multiples, the first and the last step are shorter. A step is closed before the effects of commands.
 */
export class StepRecorder {
  private readonly startSeconds: number[] = [];
  private readonly nodes: number[] = [];
  private readonly workloads: ReadonlyMap<string, WorkloadColumns>;
  private readonly pools: readonly PoolColumns[];
  private since: Micros;

  constructor(
    private readonly timeline: Timeline,
    private readonly world: Pick<WorldSpec, 'stepMicros' | 'durationMicros' | 'nodePools'>,
    private readonly plane: ExactPlane,
    private readonly cluster: Cluster,
    private readonly jvms: ReadonlyMap<string, JvmBooks>,
  ) {
    this.since = timeline.now;
    const zones = [...new Set(world.nodePools.flatMap(({ zone }) => (zone === undefined ? [] : [zone])))];
    this.pools = [...cluster.fleet.groups.values()].map((group) => new PoolColumns(group));
    this.workloads = new Map(
      [...cluster.workloads].map(([name, workload]) => [
        name,
        new WorkloadColumns(workload, () => cluster.controllerOf(name).replicas, zones),
      ]),
    );
  }

  /** Puts the first step on the agenda; the totals start where the warm-up ends. */
  start(): void {
    if (this.timeline.now === 0) this.startCounting(this.timeline.now);
    this.scheduleNext();
  }

  /** The series so far, joined with the request path's. */
  series(): RunSeries {
    const service: SeriesTable = {
      entity: 'service',
      kind: 'service',
      columns: { nodes: Float64Array.from(this.nodes) },
    };
    const workloads = [...this.workloads].map(([entity, columns]): SeriesTable => ({
      entity,
      kind: 'workload',
      columns: { ...columns.columns(), ...this.jvms.get(entity)?.columns() },
    }));
    const steps = this.startSeconds.length;
    return {
      stepSeconds: toSeconds(this.world.stepMicros),
      steps,
      startSeconds: Float64Array.from(this.startSeconds),
      tables: joinTables(
        this.plane.tables(),
        [service, ...workloads, ...this.pools.map((pool) => pool.table())],
        steps,
      ),
    };
  }

  private startCounting(now: Micros): void {
    this.plane.startCounting();
    for (const books of this.jvms.values()) books.startCounting(now);
  }

  private scheduleNext(): void {
    const { stepMicros, durationMicros } = this.world;
    const next = (Math.floor(this.since / stepMicros) + 1) * stepMicros;
    if (this.since >= durationMicros) return;
    this.timeline.at(micros(Math.min(next, durationMicros)), PHASE.effects, (now) => this.close(now));
  }

  private close(now: Micros): void {
    this.plane.closeStep(now);
    if (now === 0) this.startCounting(now);
    this.startSeconds.push(toSeconds(this.since));
    this.nodes.push(this.cluster.nodes.filter((node) => node.alive).length);
    for (const columns of this.workloads.values()) columns.close(now, now - this.since);
    for (const books of this.jvms.values()) books.closeStep(now);
    for (const columns of this.pools) columns.close(this.cluster.nodes);
    this.since = now;
    this.scheduleNext();
  }
}
