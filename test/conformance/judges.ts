import { judgeCanaryReplicas, judgeWeightApproximation } from './argo/canary.js';
import { judgeBinpacking } from './cluster-autoscaler/binpacking.js';
import { judgeExpander } from './cluster-autoscaler/expander.js';
import { judgeCalculateRequests } from './hpa/calculate-requests.js';
import { judgeController } from './hpa/controller.js';
import { judgeConvertDesired } from './hpa/convert-desired.js';
import { judgeGroupPods } from './hpa/group-pods.js';
import { judgeReplicaCalculator } from './hpa/replica-calculator.js';
import { judgeScaleLimit } from './hpa/scale-limit.js';
import { judgeScalingWithRules } from './hpa/scaling-with-rules.js';
import { judgeStabilizeNoBehavior } from './hpa/stabilize-no-behavior.js';
import { judgeStabilizeWithBehavior } from './hpa/stabilize-with-behavior.js';
import { judgeStoreScaleEvents } from './hpa/store-scale-events.js';
import { judgeKedaJobStrategies } from './keda/job-strategies.js';
import { judgeKedaTriggerFallback } from './keda/trigger-fallback.js';
import { judgeKpaAutoscaler } from './kpa/autoscaler.js';
import { judgeKpaBuckets } from './kpa/buckets.js';
import { judgeKpaMaxWindow } from './kpa/max-window.js';
import { judgeKpaSampleSize } from './kpa/sample-size.js';
import { judgeBalancedScoring } from './karpenter/balanced-scoring.js';
import type { Judge } from './judge.js';
import { judgeContainerSamples } from './vpa/container-samples.js';
import { judgeEstimators } from './vpa/estimators.js';
import { judgeHistogram } from './vpa/histogram.js';
import { judgeHistogramOptions } from './vpa/histogram-options.js';
import { judgeRecommender } from './vpa/recommender.js';
import { judgeUpdatePriority } from './vpa/update-priority.js';

/** Who judges which kind of vectors. A kind is the name of a file without `.json`, or what a case says of itself. */
export const judges: Readonly<Record<string, Judge>> = {
  'argo-canary-replicas': judgeCanaryReplicas,
  'argo-weight-approximation': judgeWeightApproximation,
  'cluster-autoscaler-binpacking': judgeBinpacking,
  'cluster-autoscaler-expander': judgeExpander,
  'hpa-calculate-requests': judgeCalculateRequests,
  'hpa-controller': judgeController,
  'hpa-convert-desired-with-rules': judgeConvertDesired,
  'hpa-group-pods': judgeGroupPods,
  'hpa-replica-calculator': judgeReplicaCalculator,
  'hpa-scale-limit': judgeScaleLimit,
  'hpa-scaling-with-rules': judgeScalingWithRules,
  'hpa-stabilize-no-behavior': judgeStabilizeNoBehavior,
  'hpa-stabilize-with-behavior': judgeStabilizeWithBehavior,
  'hpa-store-scale-events': judgeStoreScaleEvents,
  'keda-job-strategies': judgeKedaJobStrategies,
  'keda-trigger-fallback': judgeKedaTriggerFallback,
  'kpa-autoscaler': judgeKpaAutoscaler,
  'kpa-buckets': judgeKpaBuckets,
  'kpa-max-window': judgeKpaMaxWindow,
  'kpa-sample-size': judgeKpaSampleSize,
  'vpa-container-samples-oom': judgeContainerSamples,
  'vpa-estimators': judgeEstimators,
  'vpa-histogram': judgeHistogram,
  'vpa-histogram-options': judgeHistogramOptions,
  'vpa-recommender': judgeRecommender,
  'vpa-update-priority': judgeUpdatePriority,
  'karpenter-balanced-scoring': judgeBalancedScoring,
};
