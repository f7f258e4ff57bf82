/** Whose numbers a series holds. */
export type ScrapedFrom = 'pods' | 'responses' | 'balancer' | 'queue';

/** A metric that scrapes bring, by its name in expressions. */
export interface ScrapedMetric {
  readonly type: 'counter' | 'gauge';
  /** `responses` are what pods tell of the requests they have answered, only where somebody asks. */
  readonly from: ScrapedFrom;
  /** Labels beside `workload`. */
  readonly labels: readonly string[];
  /** One line. */
  readonly description: string;
}

const counter = (from: ScrapedFrom, labels: readonly string[], description: string): ScrapedMetric => ({
  ...{ type: 'counter', from, labels, description },
});
const gauge = (from: ScrapedFrom, labels: readonly string[], description: string): ScrapedMetric => ({
  ...{ type: 'gauge', from, labels, description },
});

/** Everything that an expression can name; names are those of client libraries and of cAdvisor where there are any. */
export const scrapedMetrics: ReadonlyMap<string, ScrapedMetric> = new Map([
  ['container_cpu_usage_seconds_total', counter('pods', ['pod'], 'CPU time that a container has used.')],
  ['container_memory_working_set_bytes', gauge('pods', ['pod'], 'Memory in use.')],
  ['in_flight', gauge('pods', ['pod'], 'Requests waiting or being served in a pod.')],
  ['http_requests_total', counter('responses', ['pod', 'code'], 'Requests that a pod has answered, with 200 or 500.')],
  [
    'http_request_duration_seconds_bucket',
    counter('responses', ['pod', 'le'], 'Of those, the ones answered within le seconds of coming on board.'),
  ],
  ['http_request_duration_seconds_sum', counter('responses', ['pod'], 'Seconds that they took together.')],
  ['http_request_duration_seconds_count', counter('responses', ['pod'], 'How many they are.')],
  ['requests_total', counter('balancer', [], 'Requests offered to the workload, retries included.')],
  ['errors_total', counter('balancer', [], 'Requests that failed at the workload.')],
  [
    'queue_length',
    gauge('balancer', [], 'Requests that wait for a worker; messages that wait where it consumes a queue.'),
  ],
  ['requests_in_flight', gauge('balancer', [], 'Requests waiting or being served in all pods.')],
  ['queue_messages', gauge('queue', [], 'Messages in the queue, those being worked on included.')],
  ['queue_age_seconds', gauge('queue', [], 'Age of the oldest message that waits.')],
  ['published_total', counter('queue', [], 'Messages published.')],
]);

/** Bounds of the buckets of a latency histogram, in seconds, where nothing else is written: DefBuckets of Prometheus' client libraries. */
export const DEFAULT_BUCKETS: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
