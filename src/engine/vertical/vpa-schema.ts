import { z } from 'zod';
import { zCpu, zDuration, zMemory, zPercent, zPositiveDuration, zRate, zShare } from '../../domain/quantity.js';
import { zVpaSettings } from './vpa-settings-schema.js';
import { toResourceAmounts } from './vpa/vertical-amounts.js';
import type { VpaSettings } from './vpa/vpa-settings.js';

const zAmounts = z
  .strictObject({ cpu: zCpu.optional(), memory: zMemory.optional() })
  .prefault({})
  .transform(({ cpu, memory }) => {
    return toResourceAmounts({
      ...(cpu === undefined ? {} : { cpuMillis: cpu }),
      ...(memory === undefined ? {} : { memoryMiB: memory }),
    });
  });

const policyFields = {
  minAllowed: zAmounts.describe('Never recommend less; a resource that is not named has no bound.'),
  maxAllowed: zAmounts.describe('Never recommend more, even where minAllowed is higher.'),
  controlledResources: z
    .array(z.enum(['cpu', 'memory']))
    .min(1)
    .default(['cpu', 'memory'])
    .describe('What is recommended at all; the rest stays as it is.'),
  controlledValues: z
    .enum(['RequestsAndLimits', 'RequestsOnly'])
    .default('RequestsAndLimits')
    .describe('Whether limits follow requests in proportion, or stay and cap them.'),
};

const zContainerPolicy = z
  .strictObject({
    mode: z.enum(['Auto', 'Off']).default('Auto').describe('Off leaves this container alone.'),
    ...policyFields,
  })
  .transform(({ mode: scaling, ...policy }) => ({ off: scaling === 'Off', ...policy }));

function zEstimates(what: string) {
  return {
    targetPercentile: zShare.prefault('90%').describe(`Share of ${what} that the target covers, before the margin.`),
    lowerBoundPercentile: zShare.prefault('50%').describe('A request below this percentile is outside its bounds.'),
    upperBoundPercentile: zShare.prefault('95%').describe('A request above this percentile is outside its bounds.'),
    confidenceInterval: zPositiveDuration
      .prefault('24h')
      .describe('Length of history that counts as one; bounds are wide while there is less.'),
    halfLife: zPositiveDuration.prefault('24h').describe('Age at which usage counts half as much.'),
  };
}

const zCpuEstimates = z.strictObject(zEstimates('CPU samples')).prefault({}).transform(estimatesOf);

const zMemoryEstimates = z.strictObject(zEstimates('memory peaks')).prefault({}).transform(estimatesOf);

interface WrittenEstimates {
  readonly targetPercentile: number;
  readonly lowerBoundPercentile: number;
  readonly upperBoundPercentile: number;
  readonly confidenceInterval: number;
  readonly halfLife: number;
}

function estimatesOf(written: WrittenEstimates) {
  return {
    targetPercentile: written.targetPercentile,
    lowerPercentile: written.lowerBoundPercentile,
    upperPercentile: written.upperBoundPercentile,
    confidenceMicros: written.confidenceInterval,
    halfLifeMicros: written.halfLife,
  };
}

const zEvictionRequirement = z
  .strictObject({
    resources: z.array(z.enum(['cpu', 'memory'])).min(1),
    changeRequirement: z.enum(['TargetHigherThanRequests', 'TargetLowerThanRequests']),
  })
  .transform(({ resources, changeRequirement: change }) => ({ resources, change }));

/** When pods are touched, and how many at once, as people write it. */
export const zUpdater = z
  .strictObject({
    interval: zPositiveDuration.prefault('1m').describe('How often pods are looked at.'),
    minReplicas: z.int().min(1).default(2).describe('With fewer pods than this none is touched.'),
    evictionTolerance: zShare.prefault('50%').describe('Share of the replicas that may be away at once.'),
    evictionRate: zRate
      .refine((rate) => rate > 0, { message: 'must be above 0' })
      .optional()
      .describe('Evictions, and resizes, at most; unlimited without it.'),
    evictionBurst: z.int().min(1).default(1).describe('How many may come at once after a pause.'),
    minChange: zPercent.prefault('10%').describe('A pod within its bounds is touched only for a change of this share.'),
    minAge: zDuration.prefault('12h').describe('A pod within its bounds is touched only when it is this old.'),
    evictAfterOom: zDuration
      .prefault('10m')
      .describe('A pod killed for memory within this time of its start is updated at once.'),
    skipBudgetInPlace: z
      .boolean()
      .default(false)
      .describe('Resizes that restart no container need no leave of the disruption budget.'),
    evictionRequirements: z
      .array(zEvictionRequirement)
      .default([])
      .describe('Directions in which a pod must change to be touched; all of them must be met by one container.'),
  })
  .prefault({})
  .transform(({ interval, evictionRate, minAge, evictAfterOom, ...rest }) => ({
    ...rest,
    intervalMicros: interval,
    evictionsPerSecond: evictionRate ?? null,
    minAgeMicros: minAge,
    quickOomMicros: evictAfterOom,
  }));

/** VPA as people write it; defaults are those of the recommender's and the updater's flags at head (2026). */
export const zVpa = z
  .strictObject({
    updateMode: z
      .enum(['Off', 'Initial', 'Recreate', 'InPlaceOrRecreate', 'InPlace'])
      .default('Recreate')
      .describe(
        'How recommendations reach pods: never, when they are made, by eviction, in place or else by eviction, in place.',
      ),
    ...policyFields,
    containers: z
      .record(z.string(), zContainerPolicy)
      .default({})
      .describe('Policies of containers by name, instead of the one above.'),
    recommendInterval: zPositiveDuration.prefault('1m').describe('How often recommendations are worked out.'),
    safetyMargin: zPercent.prefault('15%').describe('Added to what the percentiles say.'),
    podMinimum: z
      .strictObject({ cpu: zCpu.prefault('25m'), memory: zMemory.prefault('250Mi') })
      .prefault({})
      .describe('The least that all containers of a pod are recommended together.'),
    cpu: zCpuEstimates,
    memory: zMemoryEstimates,
    memoryAggregation: z
      .strictObject({ interval: zPositiveDuration.prefault('24h'), count: z.int().min(1).default(8) })
      .prefault({})
      .describe(
        'One memory peak a container and interval; history is dropped after so many intervals without a sample.',
      ),
    oom: z
      .strictObject({ bumpUpRatio: z.number().min(1).default(1.2), minBumpUp: zMemory.prefault('100Mi') })
      .prefault({})
      .describe('What a kill says was needed: the memory used times the ratio, at least so much more.'),
    roundUp: z
      .strictObject({ cpu: zCpu.prefault('1m'), memoryBytes: z.int().min(1).default(1) })
      .prefault({})
      .describe('Recommendations are rounded up to multiples of these.'),
    updater: zUpdater,
    checkpoint: z
      .string()
      .min(1)
      .optional()
      .describe(
        'File of VerticalPodAutoscalerCheckpoints to begin with: the vpa-checkpoint.json of another run, or what kubectl writes.',
      ),
  })
  .transform((written): VpaSettings => {
    const { minAllowed, maxAllowed, controlledResources, controlledValues, containers } = written;
    return {
      updateMode: written.updateMode,
      recommendMicros: written.recommendInterval,
      policy: { off: false, minAllowed, maxAllowed, controlledResources, controlledValues },
      containers,
      cpu: written.cpu,
      memory: written.memory,
      marginFraction: written.safetyMargin,
      podMinimum: { cpuMillis: written.podMinimum.cpu, memoryMiB: written.podMinimum.memory },
      memoryPeaks: { intervalMicros: written.memoryAggregation.interval, intervals: written.memoryAggregation.count },
      oom: { bumpUpRatio: written.oom.bumpUpRatio, minBumpUpMiB: written.oom.minBumpUp },
      roundUp: { cpuMillis: written.roundUp.cpu, memoryBytes: written.roundUp.memoryBytes },
      updater: written.updater,
      ...(written.checkpoint === undefined ? {} : { checkpoint: written.checkpoint }),
    };
  })
  .pipe(zVpaSettings);
