/** Which workload consumes each queue, by the queue's name. */
export type QueueConsumers = ReadonlyMap<string, string>;
