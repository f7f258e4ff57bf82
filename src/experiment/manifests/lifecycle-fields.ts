import type { Field, Leaf, Remark } from './draft.js';
import { field, guessed, known, section } from './draft-parts.js';
import { preStopSleep } from './pre-stop-sleep.js';
import { type Probed, probeFields, slowestReadiness } from './probe-fields.js';
import { POD, type WorkloadManifest } from './workload-manifest.js';

/** How pods start, become ready, are probed and stop: the fields `start`, `readiness`, `startupProbe`, `livenessProbe` and `termination` of a pod. */
export function lifecycleFields(workload: WorkloadManifest): readonly (Field | Remark)[] {
  return [
    field('start', startLeaf(workload, slowestReadiness(workload))),
    ...probeFields(workload),
    field('termination', section(terminationFields(workload))),
  ];
}

/** The median that is taken without any hint, in seconds. */
const USUAL_START = 10;

function startLeaf({ manifest, containers }: WorkloadManifest, probed: Probed | null): Leaf {
  const delays = containers
    .filter(({ role }) => role !== 'init')
    .flatMap(({ container, path }) =>
      (['startupProbe', 'readinessProbe'] as const).flatMap((key) => {
        const seconds = container[key]?.initialDelaySeconds ?? 0;
        return seconds === 0 ? [] : [{ seconds, place: manifest.place([...path, key, 'initialDelaySeconds']) }];
      }),
    );
  const longest = delays.sort((a, b) => b.seconds - a.seconds).at(0);
  const median = Math.max(USUAL_START, longest?.seconds ?? 0);
  const hint =
    longest === undefined
      ? probed === null
        ? 'nothing in the manifests says how long'
        : 'the probes say nothing of how long'
      : `${longest.place} initialDelaySeconds ${longest.seconds} says that it is not expected to be ready before`;
  return guessed(`{ lognormal: { p50: ${median}s, p95: ${median * 2.5}s } }`, {
    topic: 'startUp',
    why: `from its node until it listens, image pull included; ${hint}`,
    measure: 'PodScheduled and Ready in kubectl get pod -o yaml, over some twenty pods',
  });
}

function terminationFields(workload: WorkloadManifest): readonly Field[] {
  const { manifest, graceSeconds, containers } = workload;
  const sleeps = containers.flatMap((placed) => preStopSleep(placed, manifest) ?? []);
  const longest = sleeps.sort((a, b) => b.seconds - a.seconds).at(0);
  const grace =
    graceSeconds === null
      ? known('30s', "Kubernetes' default")
      : known(
          `${graceSeconds}s`,
          manifest.origin([...POD, 'terminationGracePeriodSeconds'], 'terminationGracePeriodSeconds'),
        );
  const preStop = longest === undefined ? known('0s', 'no preStop hook') : known(`${longest.seconds}s`, longest.origin);
  return [field('preStop', preStop), field('grace', grace)];
}
