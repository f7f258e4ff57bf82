/** 1.96 squared (95% confidence) times the variance assumed (100) over the margin of error (5) squared. */
const SAMPLES_OF_MANY = (1.96 * 1.96 * 100) / (5 * 5);

/**
 * Pods to scrape out of `pods`, so that their average stands for all with 95% confidence; all of three or fewer.
 *
 * Source: knative/serving pkg/autoscaler/metrics, populationMeanSampleSize.
 */
export function sampleSize(pods: number): number {
  if (pods <= 3) return Math.max(pods, 0);
  return Math.ceil((pods * SAMPLES_OF_MANY) / (pods + SAMPLES_OF_MANY - 1));
}
