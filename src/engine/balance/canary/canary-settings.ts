import { z } from 'zod';
import { zDuration, zPositiveDuration, zShare, zTimes } from '../../../domain/quantity.js';

/** One step of a canary: the share of traffic that it is to have, or a time to wait. */
export type CanaryStep = { readonly setWeight: number } | { readonly pauseMicros: number };

/** When a canary is given up: where its mean latency is so many times the stable revision's. */
export interface CanaryAnalysis {
  readonly maxLatencyRatio: number;
  readonly intervalMicros: number;
  readonly failureLimit: number;
  readonly minRequests: number;
}

const zAnalysisSettings = z.strictObject({
  maxLatencyRatio: z.number(),
  intervalMicros: z.number(),
  failureLimit: z.number(),
  minRequests: z.number(),
});

/** What the policy runs on, after every notation has been read. */
export const zCanarySettings = z.strictObject({
  steps: z.array(z.union([z.strictObject({ setWeight: z.number() }), z.strictObject({ pauseMicros: z.number() })])),
  trafficRouting: z.boolean(),
  dynamicStableScale: z.boolean(),
  maxSurge: z.union([z.number(), z.string()]),
  maxUnavailable: z.union([z.number(), z.string()]),
  minReadyMicros: z.number(),
  scaleDownDelayMicros: z.number(),
  analysis: zAnalysisSettings.nullable(),
});

/** The settings of a canary. */
export type CanarySettings = z.output<typeof zCanarySettings>;

const zPodsOrShare = z.union([
  z.int().min(0).max(100_000),
  z.string().regex(/^\d{1,3}%$/, { message: 'must be a number of pods or a share, as 1 or 25%' }),
]);

const zStep = z
  .union([
    z.strictObject({
      setWeight: zShare.meta({ description: 'Share of the traffic that the new revision is to have, as 20%.' }),
    }),
    z.strictObject({ pause: zPositiveDuration.meta({ description: 'How long to wait.' }) }),
  ])
  .transform((step): CanaryStep =>
    'pause' in step ? { pauseMicros: step.pause } : { setWeight: Math.round(step.setWeight * 1e4) / 100 },
  );

const zAnalysis = z
  .strictObject({
    maxLatencyRatio: zTimes
      .refine((ratio) => ratio > 0, { message: 'must be above 0x' })
      .meta({ description: "Mean latency of the new revision's pods over that of the stable one's, as 1.5x." }),
    interval: zPositiveDuration.prefault('60s').meta({ description: 'Between two measurements.' }),
    failureLimit: z.int().min(0).default(0).meta({ description: 'Measurements that may fail.' }),
    minRequests: z.int().min(1).default(100).meta({
      description: 'Requests of either revision that a measurement needs; with fewer it is inconclusive.',
    }),
  })
  .transform(({ interval, ...rest }): CanaryAnalysis => ({ ...rest, intervalMicros: interval }));

/** The section as people write it; defaults are those of Argo Rollouts. */
export const zCanary = z
  .strictObject({
    steps: z.array(zStep).max(100).default([]).meta({
      description: 'In order, as [{ setWeight: 20% }, { pause: 5m }]; after the last the new revision gets all.',
    }),
    trafficRouting: z.boolean().default(true).meta({
      description: 'true: balancers split traffic by revision; false: only the numbers of pods do.',
    }),
    dynamicStableScale: z.boolean().default(false).meta({
      description: 'With trafficRouting, whether the stable revision gives up pods as its traffic goes.',
    }),
    maxSurge: zPodsOrShare.default('25%').meta({ description: 'Without trafficRouting, pods beyond the replicas.' }),
    maxUnavailable: zPodsOrShare.default('25%').meta({
      description: 'Without trafficRouting, replicas that may be missing.',
    }),
    minReady: zDuration
      .prefault('0s')
      .meta({ description: 'How long a pod has to be ready to count (minReadySeconds).' }),
    scaleDownDelay: zDuration.prefault('30s').meta({
      description: 'With trafficRouting, how long pods that get nothing any more are kept.',
    }),
    analysis: zAnalysis.optional().meta({ description: 'When to give the new revision up; never if left out.' }),
  })
  .transform(({ minReady, scaleDownDelay, analysis, ...rest }) => ({
    ...rest,
    minReadyMicros: minReady,
    scaleDownDelayMicros: scaleDownDelay,
    analysis: analysis ?? null,
  }));
