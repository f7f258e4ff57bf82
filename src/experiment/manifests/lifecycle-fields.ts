import type { Field, Leaf } from './draft.js';
import { field, guessed, known, section } from './draft-parts.js';
import { preStopSleep } from './pre-stop-sleep.js';
import { POD, type PlacedContainer, type WorkloadManifest } from './workload-manifest.js';

/** How pods start, become ready and stop: the fields `start`, `readiness` and `termination` of a pod. */
export function lifecycleFields(workload: WorkloadManifest): readonly Field[] {
  const probed = slowestProbe(workload);
  return [
    field('start', startLeaf(workload, probed)),
    field('readiness', section(readinessFields(workload, probed))),
    field('termination', section(terminationFields(workload))),
  ];
}

type Probe = NonNullable<PlacedContainer['container']['readinessProbe']>;

interface Probed {
  readonly placed: PlacedContainer;
  readonly probe: Probe;
}

/** A pod is ready when all its containers are, so the one that takes longest to prove it counts. */
function slowestProbe({ containers }: WorkloadManifest): Probed | null {
  const probed = containers.flatMap((placed) => {
    const probe = placed.container.readinessProbe;
    return probe === undefined || placed.role === 'init' ? [] : [{ placed, probe }];
  });
  const time = ({ probe }: Probed): number => probe.periodSeconds * probe.successThreshold;
  return probed.sort((a, b) => time(b) - time(a)).at(0) ?? null;
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

function readinessFields({ manifest }: WorkloadManifest, probed: Probed | null): readonly Field[] {
  if (probed === null) {
    const period = guessed('1s', {
      topic: 'readiness',
      why: 'no container has a readinessProbe, so that Kubernetes takes a started one as ready at once, listening or not',
      measure: 'the log of a start: when does it begin to listen?',
    });
    return [field('period', period)];
  }
  const { placed, probe } = probed;
  const leaf = (value: string, key: string): Leaf =>
    known(
      value,
      manifest.origin([...placed.path, 'readinessProbe', key], `readinessProbe.${key} of ${placed.container.name}`),
    );
  return [
    field('period', leaf(`${probe.periodSeconds}s`, 'periodSeconds')),
    field('rise', leaf(String(probe.successThreshold), 'successThreshold')),
  ];
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
