import { z } from 'zod';
import type { ProbeSpec } from '../../domain/probe-spec.js';
import type { PodSpec } from '../../domain/world-spec.js';
import { zDuration, zPositiveDuration } from '../../domain/quantity.js';

const zThreshold = z.number().int().min(1).max(100_000);
const description = {
  initialDelay: "Probes due earlier than this after the container's start are left out.",
  timeout: 'An answer that takes longer is a failure.',
  cpu: 'CPU time that an answer takes at a pod, as 20ms: of an exec probe what it starts; none if left out.',
};

/** The readiness probe. */
export const readinessSchema = z
  .strictObject({
    period: zPositiveDuration.prefault('10s'),
    rise: zThreshold.prefault(1).meta({ description: 'Successes in a row until ready; successThreshold is the same.' }),
    successThreshold: zThreshold.optional().meta({ description: 'Successes in a row until ready.' }),
    initialDelay: zDuration.prefault('0s').meta({ description: description.initialDelay }),
    timeout: zPositiveDuration.prefault('1s').meta({ description: description.timeout }),
    cpu: zPositiveDuration.optional().meta({ description: description.cpu }),
    failureThreshold: zThreshold
      .optional()
      .meta({ description: 'Failures in a row until unready; a ready pod stays so if left out.' }),
  })
  .refine(
    (given) => given.successThreshold === undefined || given.rise === 1 || given.rise === given.successThreshold,
    {
      path: ['successThreshold'],
      message: 'must not differ from rise, which means the same',
    },
  )
  .prefault({})
  .meta({ description: 'Readiness probe: how often, and successes in a row until ready.' });

const probeFields = {
  period: zPositiveDuration.prefault('10s'),
  initialDelay: zDuration.prefault('0s').meta({ description: description.initialDelay }),
  timeout: zPositiveDuration.prefault('1s').meta({ description: description.timeout }),
  failureThreshold: zThreshold.prefault(3).meta({ description: 'Failures in a row until the container is killed.' }),
  cpu: zPositiveDuration.optional().meta({ description: description.cpu }),
};

/** The startup probe. */
export const startupProbeSchema = z
  .strictObject(probeFields)
  .optional()
  .meta({ description: 'Startup probe: nothing else is probed before it succeeds; none if left out.' });

/** The liveness probe. */
export const livenessProbeSchema = z
  .strictObject(probeFields)
  .optional()
  .meta({ description: 'Liveness probe: a container that fails it is killed and started again; none if left out.' });

/** Probes as they are written. */
interface ProbeSections {
  readonly readiness: z.output<typeof readinessSchema>;
  readonly startupProbe?: z.output<typeof startupProbeSchema>;
  readonly livenessProbe?: z.output<typeof livenessProbeSchema>;
}

/** Probes as the simulator knows them. */
export function probesOf(pod: ProbeSections): Pick<PodSpec, 'readiness' | 'startupProbe' | 'livenessProbe'> {
  const { period, rise, successThreshold, initialDelay, timeout, failureThreshold, cpu } = pod.readiness;
  return {
    readiness: {
      periodMicros: period,
      rise: successThreshold ?? rise,
      initialDelayMicros: initialDelay,
      timeoutMicros: timeout,
      ...(failureThreshold === undefined ? {} : { failureThreshold }),
      ...(cpu === undefined ? {} : { cpuMicros: cpu }),
    },
    ...(pod.startupProbe === undefined ? {} : { startupProbe: probeOf(pod.startupProbe) }),
    ...(pod.livenessProbe === undefined ? {} : { livenessProbe: probeOf(pod.livenessProbe) }),
  };
}

function probeOf({
  period,
  initialDelay,
  timeout,
  failureThreshold,
  cpu,
}: NonNullable<z.output<typeof livenessProbeSchema>>): ProbeSpec {
  const probe = { periodMicros: period, initialDelayMicros: initialDelay, timeoutMicros: timeout, failureThreshold };
  return cpu === undefined ? probe : { ...probe, cpuMicros: cpu };
}
