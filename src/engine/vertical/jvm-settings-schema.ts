import { z } from 'zod';
import type { JvmPolicySettings } from './jvm/jvm-settings.js';
import { zUpdaterSettings, zVpaSettings } from './vpa-settings-schema.js';

const zShare = z.number().min(0).max(1);
const zPositive = z.number().positive();

/** What the policy for JVMs runs on, after every notation has been read. */
export const zJvmSettings: z.ZodType<JvmPolicySettings, JvmPolicySettings> = z.strictObject({
  heapRule: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('multiple'), multiple: z.number().min(1) }),
    z.strictObject({ by: z.literal('square-root'), cpuPerMiB: zPositive, traceMiBPerCpuSecond: zPositive }),
  ]),
  heapShare: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('xmx') }),
    z.strictObject({ by: z.literal('percentage'), share: zShare.gt(0) }),
  ]),
  headroom: z.number().min(0),
  percentile: zShare,
  halfLifeMicros: zPositive,
  intervalMicros: zPositive,
  minContainerMiB: z.number().min(0),
  settleMicros: z.number().min(0),
  tolerance: z.number().min(0),
  bumpUpRatio: z.number().min(1),
  updater: zUpdaterSettings,
  cpu: zVpaSettings.optional(),
});
