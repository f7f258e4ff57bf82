import { z } from 'zod';
import { zDuration, zMemory, zPercent, zPositiveDuration, zShare } from '../../domain/quantity.js';
import type { JvmPolicySettings } from './jvm/jvm-settings.js';
import { zJvmSettings } from './jvm-settings-schema.js';
import { zUpdater, zVpa } from './vpa-schema.js';

const zHeapRule = z
  .union([
    z
      .strictObject({ multiple: z.number().min(1) })
      .transform(({ multiple }) => ({ by: 'multiple' as const, multiple })),
    z
      .strictObject({
        squareRoot: z.strictObject({
          cpuPerGiB: z.number().positive().describe('What a GiB of heap is worth in cores.'),
          traceMiBPerCpuSecond: z.number().positive().describe('Speed of tracing, from a GC log.'),
        }),
      })
      .transform(({ squareRoot: { cpuPerGiB, traceMiBPerCpuSecond } }) => {
        return { by: 'square-root' as const, cpuPerMiB: cpuPerGiB / 1024, traceMiBPerCpuSecond };
      }),
  ])
  .prefault({ multiple: 3 })
  .describe('Heap by what is live: a multiple of it, or L + sqrt(L g / (c s)).');

/** Memory for a JVM as people write it. */
export const zJvm = z
  .strictObject({
    heap: zHeapRule,
    maxRamPercentage: zPercent
      .refine((share) => share > 0 && share <= 1, { message: 'must be above 0% and at most 100%' })
      .optional()
      .describe('Heap as a share of the container, where the JVM is started so; without it -Xmx is set.'),
    headroom: zPercent.prefault('10%').describe('For what no region of the JVM counts, as native libraries.'),
    percentile: zShare.prefault('90%').describe('Share of the live sets seen that is covered.'),
    halfLife: zPositiveDuration.prefault('24h').describe('Age at which a peak counts half as much.'),
    interval: zPositiveDuration.prefault('24h').describe('One peak a pod and interval.'),
    minimum: zMemory.prefault('250Mi').describe('The least that a container is recommended.'),
    settle: zDuration.prefault('1h').describe('Nothing changes before JVMs have reported for so long.'),
    tolerance: zPercent
      .prefault('10%')
      .describe('New pods keep their memory while it is so near to what is recommended.'),
    bumpUpRatio: z
      .number()
      .min(1)
      .default(1.2)
      .describe('What ran out of memory gets so many times its limit, for a half-life.'),
    cpu: z
      .enum(['fixed', 'vpa'])
      .default('fixed')
      .describe(
        'Whether the CPU request stays as the manifest has it, or is what VPA recommends (its defaults), up to the limit. The limit stays: a JVM sizes its threads by it. What a horizontal policy scales by stays as well.',
      ),
    updater: zUpdater,
  })
  .transform(({ heap, maxRamPercentage, halfLife, interval, minimum, settle, cpu, ...rest }): JvmPolicySettings => ({
    ...rest,
    ...(cpu === 'fixed' ? {} : { cpu: zVpa.parse({ controlledResources: ['cpu'], controlledValues: 'RequestsOnly' }) }),
    heapRule: heap,
    heapShare: maxRamPercentage === undefined ? { by: 'xmx' } : { by: 'percentage', share: maxRamPercentage },
    halfLifeMicros: halfLife,
    intervalMicros: interval,
    minContainerMiB: minimum,
    settleMicros: settle,
  }))
  .pipe(zJvmSettings);
