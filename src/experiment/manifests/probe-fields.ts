import type { Container } from './container-schema.js';
import type { Field, Leaf, Remark } from './draft.js';
import { field, guessed, known, notUsed, section } from './draft-parts.js';
import type { PlacedContainer, WorkloadManifest } from './workload-manifest.js';

/** The probes of a container, by their keys in a manifest. */
export type ProbeKey = 'readinessProbe' | 'startupProbe' | 'livenessProbe';

/** A probe as written. */
type Probe = NonNullable<Container[ProbeKey]>;

/** A probe and the container that it asks. */
export interface Probed {
  readonly placed: PlacedContainer;
  readonly probe: Probe;
}

/** The probes of one kind of the containers that go on running, in their order. */
export function probesOf({ containers }: WorkloadManifest, key: ProbeKey): readonly Probed[] {
  return containers.flatMap((placed) => {
    const probe = placed.container[key];
    return probe === undefined || placed.role === 'init' ? [] : [{ placed, probe }];
  });
}

/** A pod is ready when all its containers are, so the readiness probe that takes longest to succeed counts. */
export function slowestReadiness(workload: WorkloadManifest): Probed | null {
  const time = ({ probe }: Probed): number => probe.periodSeconds * probe.successThreshold;
  return [...probesOf(workload, 'readinessProbe')].sort((a, b) => time(b) - time(a)).at(0) ?? null;
}

/**
 * The fields `readiness`, `startupProbe` and `livenessProbe` of a pod.
 *
 * A scenario has one of each a pod: the readiness probe that takes longest to succeed, and the startup and liveness probes that kill first;
 * the others are told. Only a probe that is answered like a request can fail on a pod that is merely busy.
 */
export function probeFields(workload: WorkloadManifest): readonly (Field | Remark)[] {
  return [
    ...readiness(workload),
    ...killing(workload, 'startupProbe', () => null),
    ...killing(workload, 'livenessProbe', unlikeRequest),
  ];
}

function readiness(workload: WorkloadManifest): readonly (Field | Remark)[] {
  const chosen = slowestReadiness(workload);
  if (chosen === null) return [field('readiness', section([field('period', withoutProbe())]))];
  const { placed, probe } = chosen;
  const leaf = leafOf(workload, chosen, 'readinessProbe');
  const why = unlikeRequest(probe);
  const others = probesOf(workload, 'readinessProbe').filter((one) => one.placed !== placed);
  return [
    field(
      'readiness',
      section([
        field('period', leaf(`${probe.periodSeconds}s`, 'periodSeconds')),
        field('rise', leaf(String(probe.successThreshold), 'successThreshold')),
        ...(why === null
          ? [
              field('timeout', leaf(`${probe.timeoutSeconds}s`, 'timeoutSeconds')),
              field('failureThreshold', leaf(String(probe.failureThreshold), 'failureThreshold')),
            ]
          : []),
      ]),
    ),
    ...(why === null ? [] : [unused(workload, chosen, 'readinessProbe', `once ready it stays ready: ${why}`)]),
    ...others.map((one) => unused(workload, one, 'readinessProbe', 'that of a container that is ready later counts')),
  ];
}

function withoutProbe(): Leaf {
  return guessed('1s', {
    topic: 'readiness',
    why: 'no container has a readinessProbe, so that Kubernetes takes a started one as ready at once, listening or not',
    measure: 'the log of a start: when does it begin to listen?',
  });
}

function killing(
  workload: WorkloadManifest,
  key: 'startupProbe' | 'livenessProbe',
  unfit: (probe: Probe) => string | null,
): readonly (Field | Remark)[] {
  const all = probesOf(workload, key);
  const time = ({ probe }: Probed): number => probe.periodSeconds * probe.failureThreshold;
  const chosen = all
    .filter(({ probe }) => unfit(probe) === null)
    .sort((a, b) => time(a) - time(b))
    .at(0);
  const others = all.filter((one) => one.placed !== chosen?.placed);
  const rest = others.map((one) =>
    unused(workload, one, key, unfit(one.probe) ?? 'that of a container that is killed earlier counts'),
  );
  if (chosen === undefined) return rest;
  const leaf = leafOf(workload, chosen, key);
  const { periodSeconds, initialDelaySeconds, timeoutSeconds, failureThreshold } = chosen.probe;
  const fields = [
    field('period', leaf(`${periodSeconds}s`, 'periodSeconds')),
    field('initialDelay', leaf(`${initialDelaySeconds}s`, 'initialDelaySeconds')),
    field('timeout', leaf(`${timeoutSeconds}s`, 'timeoutSeconds')),
    field('failureThreshold', leaf(String(failureThreshold), 'failureThreshold')),
  ];
  return [field(key, section(fields)), ...rest];
}

/** Why a probe does not fail on a pod that is only busy; null where it waits among the requests as they do. */
function unlikeRequest({ tcpSocket, exec }: Probe): string | null {
  if (tcpSocket !== undefined) return 'a tcpSocket probe succeeds on whatever listens, however busy';
  return exec === undefined ? null : 'the command of an exec probe is not simulated';
}

function leafOf({ manifest }: WorkloadManifest, { placed }: Probed, key: ProbeKey) {
  return (value: string, name: string): Leaf =>
    known(value, manifest.origin([...placed.path, key, name], `${key}.${name} of ${placed.container.name}`));
}

function unused({ manifest }: WorkloadManifest, { placed }: Probed, key: ProbeKey, why: string): Remark {
  return notUsed(manifest, [...placed.path, key], `${key} of ${placed.container.name}`, why);
}
