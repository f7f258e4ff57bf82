import { z } from 'zod';
import type { BalancingSpec, OutlierEjectionSpec, SlowStartSpec } from '../../domain/balancing-spec.js';
import { zPositiveDuration, zShare } from '../../domain/quantity.js';

const zPositiveShare = zShare.refine((value) => value > 0, { message: 'must be above 0%' });
const zPositiveCount = z.number().int().min(1).max(1_000_000);

/** What a balancer does beyond choosing: fields of a `balancer` section. */
export const balancingFields = {
  instances: z.number().int().min(1).max(1000).optional().meta({
    description:
      'Balancers side by side, each of which knows only the requests that pass through itself; one if left out.',
  }),
  slowStart: z
    .union([
      zPositiveDuration,
      z.strictObject({
        window: zPositiveDuration.meta({ description: 'From when an endpoint is routed to until its weight is full.' }),
        minWeight: zPositiveShare.prefault('10%').meta({ description: 'Least share of its weight meanwhile.' }),
        aggression: z
          .number()
          .positive()
          .max(100)
          .prefault(1)
          .meta({ description: 'Its weight grows as (age / window)^(1 / aggression).' }),
      }),
    ])
    .optional()
    .meta({ description: 'Time in which the weight of a new endpoint grows to its full; full at once if left out.' }),
  outlierEjection: z
    .strictObject({
      consecutiveErrors: zPositiveCount.prefault(5).meta({ description: 'Failures in a row that eject an endpoint.' }),
      interval: zPositiveDuration.prefault('10s').meta({ description: 'Between two looks at which ejections end.' }),
      baseEjectionTime: zPositiveDuration
        .prefault('30s')
        .meta({ description: 'How long an endpoint is out, times the number of its ejections.' }),
      maxEjectionTime: zPositiveDuration.prefault('300s').meta({ description: 'The longest it is out at a time.' }),
      maxEjected: zPositiveShare
        .prefault('10%')
        .meta({ description: 'Endpoints that may be out at once; a part of one is none.' }),
      alwaysEjectOne: z.boolean().optional().meta({
        description:
          'Whether one may be out in any case; true if left out, as with gRPC and Envoy before 1.31. Later Envoys have false (always_eject_one_host), so that with maxEjected at 10% fewer than ten endpoints lose none.',
      }),
      panicThreshold: zShare
        .prefault('50%')
        .meta({ description: 'With fewer endpoints left, ejections are ignored; 0% never ignores them.' }),
    })
    .optional()
    .meta({ description: 'Endpoints that fail several times in a row get nothing for a while; none if left out.' }),
  circuitBreaker: z
    .strictObject({
      maxRequests: zPositiveCount.meta({
        description: 'Requests that one balancer has out at once; more fail at once.',
      }),
      maxRetries: zPositiveCount.optional().meta({ description: 'Retries among them; no limit if left out.' }),
    })
    .optional()
    .meta({ description: 'Bound on what one balancer has out at once; none if left out.' }),
};

/** Turns the fields into what the simulator needs; what is left out stays out. */
export function balancingOf(section: z.output<z.ZodObject<typeof balancingFields>>): BalancingSpec {
  const { instances, slowStart, outlierEjection, circuitBreaker } = section;
  return {
    ...(instances === undefined ? {} : { instances }),
    ...(slowStart === undefined ? {} : { slowStart: slowStartOf(slowStart) }),
    ...(outlierEjection === undefined ? {} : { outlierEjection: ejectionOf(outlierEjection) }),
    ...(circuitBreaker === undefined ? {} : { circuitBreaker }),
  };
}

type Section = z.output<z.ZodObject<typeof balancingFields>>;

function slowStartOf(section: NonNullable<Section['slowStart']>): SlowStartSpec {
  if (typeof section === 'number') return { windowMicros: section, minWeight: 0.1, aggression: 1 };
  const { window, minWeight, aggression } = section;
  return { windowMicros: window, minWeight, aggression };
}

function ejectionOf(section: NonNullable<Section['outlierEjection']>): OutlierEjectionSpec {
  const { interval, baseEjectionTime, maxEjectionTime, alwaysEjectOne, ...rest } = section;
  return {
    ...rest,
    ...(alwaysEjectOne === undefined ? {} : { alwaysEjectOne }),
    intervalMicros: interval,
    baseEjectionMicros: baseEjectionTime,
    maxEjectionMicros: maxEjectionTime,
  };
}
