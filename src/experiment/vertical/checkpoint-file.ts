import type { EngineConfig } from '../../domain/engine-config.js';
import type { DecayingCheckpoint, UsageCheckpoint } from '../../domain/usage-history.js';
import { zVpaSettings } from '../../engine/vertical/vpa-settings-schema.js';
import { shiftCheckpoint } from '../../engine/vertical/vpa/shift-checkpoint.js';
import { isoMicros } from './iso-micros.js';

/** What the vertical policies of a run have kept, instants counted from the run's zero. */
export interface KeptHistories {
  readonly histories: ReadonlyMap<string, UsageCheckpoint>;
  readonly engine: EngineConfig;
  /** End of the run. */
  readonly endMicros: number;
}

/** The container of pods that have one, as checkpoints name it. */
const CONTAINER = 'main';

/**
 * Histories as a list of VerticalPodAutoscalerCheckpoint objects (autoscaling.k8s.io/v1), one a workload: the VPA is named after it. `kubectl apply`
 * takes them where the VPA has that name and the container is called `main`.
 */
export function checkpointFile({ histories, engine, endMicros }: KeptHistories): string {
  const { originEpochMicros } = engine;
  const kept = engine.workloads.flatMap(({ name, vertical }) => {
    const history = histories.get(name);
    const settings = zVpaSettings.safeParse(vertical?.config);
    if (history === undefined || !settings.success) return [];
    const { cpu, memory } = settings.data;
    const halfLives = { cpuMicros: cpu.halfLifeMicros, memoryMicros: memory.halfLifeMicros };
    return [{ workload: name, checkpoint: shiftCheckpoint(history, originEpochMicros, halfLives) }];
  });
  const items = kept.map(({ workload, checkpoint }) => ({
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscalerCheckpoint',
    metadata: { name: `${workload}-${CONTAINER}` },
    spec: { vpaObjectName: workload, containerName: CONTAINER },
    status: {
      lastUpdateTime: isoMicros(originEpochMicros + endMicros),
      version: checkpoint.version,
      cpuHistogram: histogram(checkpoint.cpu),
      memoryHistogram: histogram(checkpoint.memory),
      firstSampleStart: instant(checkpoint.firstSampleMicros),
      lastSampleStart: instant(checkpoint.lastSampleMicros),
      totalSamplesCount: checkpoint.samples,
    },
  }));
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 2)}\n`;
}

function histogram({ referenceMicros, bucketWeights, totalWeight }: DecayingCheckpoint) {
  return { referenceTimestamp: instant(referenceMicros), bucketWeights, totalWeight };
}

function instant(micros: number | null): string | null {
  return micros === null ? null : isoMicros(micros);
}
