import type { JobPort, JobQueuePort } from '../requests/job-port.js';

/** The queue of that name. Throws RangeError where there is none. */
export function queueNamed(desk: JobPort | null, name: string): JobQueuePort {
  if (desk === null) throw new RangeError(`no queue is called ${name}`);
  return desk.queue(name);
}
