import type { Command } from '../domain/command.js';
import type { Fact } from '../domain/fact.js';
import type { Measurement } from '../domain/measurement.js';
import type { WorldSpec } from '../domain/world-spec.js';
import { type Micros, micros } from '../kernel/micros.js';
import type { Streams } from '../kernel/streams.js';
import { PHASE, Timeline } from '../kernel/timeline.js';
import { Cluster } from './cluster.js';
import { scheduleFaults } from './faults/schedule-faults.js';
import { measure } from './measure.js';
import type { ExactPlane } from './requests/request-plane.js';
import type { JvmBooks } from './jvm/jvm-books.js';
import { runJvms } from './jvm/run-jvms.js';
import { evictUnderPressure } from './memory/evict-under-pressure.js';
import { watchLimits } from './memory/watch-limits.js';
import { MetricPipeline } from './metrics/metric-pipeline.js';
import { StepRecorder } from './series/step-recorder.js';
import type { SimContext } from './sim-context.js';

/** A simulated world, ready to run: drive the timeline to the end, then ask what came of it. */
export interface Sim {
  /** Starts at minus the warm-up; instant zero is the end of the warm-up. */
  readonly timeline: Timeline;
  readonly end: Micros;
  /** What the run has yielded, once the timeline is at the end. */
  measurement(): Measurement;
}

/**
 * Wires the simulated world. One instant goes: requests up to it (plane), pods, nodes, endpoints and faults (world), scrapes and their
 * delivery (metrics), the engine's tick (ticks), end of a step and effects of commands (effects).
 *
 * `onFact` is told every fact in order and returns the commands it leads to, which take effect in the effects phase of the same instant.
 * Nothing happens before the timeline is driven.
 */
export function assembleSim(
  world: WorldSpec,
  plane: ExactPlane,
  onFact: (fact: Fact) => readonly Command[],
  streams: Streams,
): Sim {
  const timeline = new Timeline(micros(0 - world.warmUpMicros));
  timeline.onAdvance((from, to) => plane.advance(from, to));
  const context: SimContext = {
    timeline,
    emit: (fact) => {
      for (const command of onFact(fact)) {
        timeline.at(timeline.now, PHASE.effects, (now) => cluster.apply(command, now));
      }
    },
  };
  timeline.at(timeline.now, PHASE.world, (now) => cluster.boot(now));
  const cluster = new Cluster(context, world, plane, streams);
  const jvms = watchMemory(context, world, cluster);
  const recorder = new StepRecorder(timeline, world, plane, cluster, jvms);
  const metrics = new MetricPipeline(context, world.metrics, cluster.workloads.values(), streams);
  const dependency = (name: string) => plane.dependency(name);
  scheduleFaults({ context, cluster, habits: world.cluster, metrics, dependency }, world.faults, streams);
  timeline.at(timeline.now, PHASE.world, () => recorder.start());
  metrics.start();
  timeline.every(micros(timeline.now + world.tickMicros), world.tickMicros, PHASE.ticks, (at) => {
    context.emit({ type: 'ticked', at });
    return true;
  });
  return {
    timeline,
    end: world.durationMicros,
    measurement: () => measure(plane, cluster, recorder, { jvms, end: world.durationMicros }),
  };
}

/** Returns the books of JVMs by workload. */
function watchMemory(context: SimContext, world: WorldSpec, cluster: Cluster): ReadonlyMap<string, JvmBooks> {
  const jvms = new Map<string, JvmBooks>();
  for (const [name, workload] of cluster.workloads) {
    const books = runJvms(context, workload);
    if (books !== null) jvms.set(name, books);
    watchLimits(context, workload);
  }
  if (world.cluster.evictsUnderPressure === true) evictUnderPressure(context.timeline, cluster);
  return jvms;
}
