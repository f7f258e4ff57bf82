import { z } from 'zod';
import type { ContainerPolicy } from './vpa/container-policy.js';
import type { ResourceSettings, UpdaterSettings, VpaSettings } from './vpa/vpa-settings.js';

const zResource = z.enum(['cpu', 'memory']);
const zAmount = z.int().min(0).optional();
const zAmounts = z.strictObject({ cpu: zAmount, memory: zAmount });
const zShare = z.number().min(0).max(1);
const zLength = z.number().min(0);
const zPositive = z.number().positive();

const zPolicy: z.ZodType<ContainerPolicy, ContainerPolicy> = z.strictObject({
  off: z.boolean(),
  minAllowed: zAmounts,
  maxAllowed: zAmounts,
  controlledResources: z.array(zResource).min(1).readonly(),
  controlledValues: z.enum(['RequestsAndLimits', 'RequestsOnly']),
});

const zEstimates: z.ZodType<ResourceSettings, ResourceSettings> = z.strictObject({
  targetPercentile: zShare,
  lowerPercentile: zShare,
  upperPercentile: zShare,
  confidenceMicros: zPositive,
  halfLifeMicros: zPositive,
});

const zRequirement = z.strictObject({
  resources: z.array(zResource).min(1).readonly(),
  change: z.enum(['TargetHigherThanRequests', 'TargetLowerThanRequests']),
});

/** When pods are touched, and how many at once, after every notation has been read. */
export const zUpdaterSettings: z.ZodType<UpdaterSettings, UpdaterSettings> = z.strictObject({
  intervalMicros: zPositive,
  minReplicas: z.int().min(1),
  evictionTolerance: zShare,
  evictionsPerSecond: zPositive.nullable(),
  evictionBurst: z.int().min(1),
  minChange: z.number().min(0),
  minAgeMicros: zLength,
  quickOomMicros: zLength,
  skipBudgetInPlace: z.boolean(),
  evictionRequirements: z.array(zRequirement).readonly(),
});

/** What VPA runs on, after every notation has been read. */
export const zVpaSettings: z.ZodType<VpaSettings, VpaSettings> = z.strictObject({
  updateMode: z.enum(['Off', 'Initial', 'Recreate', 'InPlaceOrRecreate', 'InPlace']),
  recommendMicros: zPositive,
  policy: zPolicy,
  containers: z.record(z.string(), zPolicy),
  cpu: zEstimates,
  memory: zEstimates,
  marginFraction: z.number().min(0),
  podMinimum: z.strictObject({ cpuMillis: zLength, memoryMiB: zLength }),
  memoryPeaks: z.strictObject({ intervalMicros: zPositive, intervals: z.int().min(1) }),
  oom: z.strictObject({ bumpUpRatio: z.number().min(1), minBumpUpMiB: zLength }),
  roundUp: z.strictObject({ cpuMillis: zPositive, memoryBytes: zPositive }),
  updater: zUpdaterSettings,
  checkpoint: z.string().optional(),
});
