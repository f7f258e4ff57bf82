import type { HpaConfig } from '../../../src/engine/policy/hpa/hpa-config.js';
import { micros, seconds } from '../../../src/kernel/micros.js';

/** What a vector leaves open: the controller's own defaults, all gates open but scale-to-zero, and bounds that never bind. */
export const openConfig: HpaConfig = {
  semantics: 'head',
  minReplicas: 0,
  maxReplicas: 2 ** 31 - 1,
  metrics: [],
  behavior: null,
  tolerance: 0.1,
  syncPeriodMicros: seconds(15),
  downscaleStabilizationMicros: seconds(300),
  cpuInitializationMicros: seconds(300),
  initialReadinessDelayMicros: micros(30e6),
  scaleUpLimit: { factor: 2, minimum: 4 },
  gates: { configurableTolerance: true, podLevelResources: true, scaleToZero: false },
};
