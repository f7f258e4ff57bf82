import { jvmProcess } from '../../domain/jvm/jvm-process.js';
import type { HotspotMachine } from '../../domain/jvm/hotspot-heap.js';
import type { ContainerExited } from '../../domain/fact.js';
import type { PodSpec } from '../../domain/world-spec.js';
import { Bug } from '../../domain/errors.js';
import { podsOf } from '../../domain/pods-of.js';
import type { Micros } from '../../kernel/micros.js';
import type { Pod } from '../pods/pod.js';
import type { SimWorkload } from '../pods/sim-workload.js';
import type { SimContext } from '../sim-context.js';
import { CollectedHeap } from './collected-heap.js';
import { JvmBooks } from './jvm-books.js';

/**
 * Runs the JVMs in the containers of a workload: each heap is fixed by the limits that its container starts with. A JVM that does not start, or
 * runs out of heap, ends its container, which is started again as after any crash. Returns the books; null where no pod has a JVM.
 *
 * Must come before whoever watches memory limits, as it says how much a container uses.
 */
export function runJvms(context: SimContext, { spec, lifecycle }: SimWorkload): JvmBooks | null {
  if (podsOf(spec).every(({ jvm }) => jvm === undefined)) return null;
  const books = new JvmBooks(context.timeline.now);
  const exit = (pod: Pod, cause: ContainerExited['cause'], reason: string, at: Micros): void => {
    context.emit({ type: 'containerExited', at, workload: pod.workload, pod: pod.name, cause, reason });
    if (pod.active) lifecycle.exit(pod, cause, at);
    else lifecycle.remove(pod, cause, 'failure', at);
  };
  lifecycle.started.ask((pod, now) => {
    const { jvm } = pod.spec;
    if (jvm === undefined) return;
    const made = jvmProcess(jvm, machineOf(pod.spec));
    if (!made.starts) {
      books.refuse(made.reason);
      exit(pod, 'StartError', `the JVM does not start: ${made.reason}`, now);
      return;
    }
    const { process } = pod;
    if (process?.collector === undefined)
      throw new Bug(`the process of ${pod.name} must have a collector, as it has a JVM`);
    const heap = new CollectedHeap(jvm, made, {
      timeline: context.timeline,
      books,
      collector: process.collector,
      process,
      outOfMemory: (reason, at) => {
        books.count('outOfMemory');
        exit(pod, 'OutOfMemoryError', `OutOfMemoryError: ${reason}`, at);
      },
    });
    pod.heap = heap;
    heap.begin(now);
  });
  lifecycle.resized.ask((pod, now) => {
    if (pod.heap instanceof CollectedHeap) pod.heap.look(now);
  });
  return books;
}

/** What a JVM finds when it starts in a container: its limits, or what there is of its node. */
function machineOf({ memoryLimitMiB, cpuLimitMillis, serving }: PodSpec): HotspotMachine {
  if (memoryLimitMiB === undefined) throw new Bug('a container with a JVM must have a memory limit');
  const cores = cpuLimitMillis === null ? (serving.sizing?.hostCores ?? serving.cpuCores) : cpuLimitMillis / 1000;
  return { memoryMiB: memoryLimitMiB, cpus: Math.max(1, Math.ceil(cores)) };
}
