import type { PodSpec, WorkloadSpec, WorldSpec } from '../../src/domain/world-spec.js';
import { micros, seconds } from '../../src/kernel/micros.js';

/** How much longer than its balancers a pod listens that is made sound. */
const SPARE = seconds(3);

/** Whether pods that leave listen at least until every balancer knows. */
export function hasSoundPreStop({ workloads }: WorldSpec): boolean {
  return workloads.every(({ pod, balancer, rollouts = [] }) =>
    [pod, ...rollouts.map((rollout) => rollout.pod)].every(
      ({ termination }) => termination.preStopMicros >= balancer.endpointLagMicros,
    ),
  );
}

/** The same world with pods that listen until every balancer knows, and as long as before to finish what they have. */
export function withSoundPreStop(world: WorldSpec): WorldSpec {
  return { ...world, workloads: world.workloads.map(soundWorkload) };
}

function soundWorkload(workload: WorkloadSpec): WorkloadSpec {
  const { pod, balancer, rollouts } = workload;
  const sound = <Pod extends Pick<PodSpec, 'termination'>>(of: Pod): Pod => {
    const { preStopMicros, graceMicros } = of.termination;
    const longer = Math.max(0, balancer.endpointLagMicros + SPARE - preStopMicros);
    const termination = {
      preStopMicros: micros(preStopMicros + longer),
      graceMicros: micros(graceMicros + longer),
    };
    return { ...of, termination };
  };
  return {
    ...workload,
    pod: sound(pod),
    ...(rollouts === undefined ? {} : { rollouts: rollouts.map((one) => ({ ...one, pod: sound(one.pod) })) }),
  };
}
