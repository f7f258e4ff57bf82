import { zJvmSettings } from '../../engine/vertical/jvm-settings-schema.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';
import type { WorkloadSection } from './workload-schema.js';

/** What a JVM says about memory, so that nobody else may. */
const REPLACED = ['idle', 'perRequest', 'growthPerHour', 'cache'];

/** Checks what a pod with a JVM needs and what it excludes. `pod` is as its namespace admits it. Throws InputError. */
export function checkJvm(
  name: string,
  { pod, rollouts, vertical }: WorkloadSection,
  cluster: Scenario['cluster'],
  tree: SourceTree,
): void {
  checkPolicy(name, { pod, vertical }, tree);
  if (pod.jvm === undefined) return;
  const path = ['workloads', name, 'pod'];
  checkPod(pod, path, tree);
  checkCluster(cluster, [...path, 'jvm'], tree);
  const written = [path, ...(rollouts ?? []).map((_, i) => ['workloads', name, 'rollouts', i])];
  for (const place of written) for (const key of REPLACED) rejectUse([...place, 'memory', key], tree);
}

/** What the vertical policy sets has to be what the heap follows. */
function checkPolicy(
  name: string,
  { pod: { jvm }, vertical }: Pick<WorkloadSection, 'pod' | 'vertical'>,
  tree: SourceTree,
): void {
  if (vertical.name !== 'jvm') return;
  const path = ['workloads', name, 'vertical'];
  if (jvm === undefined) {
    tree.reject(path, 'must not be jvm for pods without a JVM', 'Describe it under pod.jvm, or choose vpa.');
  }
  const { heapShare } = zJvmSettings.parse(vertical.config);
  const written = heapShare.by === 'percentage' ? heapShare.share : null;
  const { sizing } = jvm;
  const follows = sizing.by === 'paketo' || (sizing.by === 'hotspot' && sizing.xmx === undefined);
  if (!follows) {
    tree.reject(
      [...path.slice(0, -1), 'pod', 'jvm', 'sizing'],
      'must be paketo, or hotspot with maxRamPercentage, where the vertical policy is jvm',
      'Its heap has to follow the container that the policy sets.',
    );
  }
  const expected = sizing.by === 'hotspot' ? sizing.maxRamPercentage : null;
  if (written === expected) return;
  tree.reject(
    [...path, 'maxRamPercentage'],
    `must be what the JVM is started with (${percent(expected)}), was ${percent(written)}`,
    'Give both the same percentage, or none where Paketo sizes the heap.',
  );
}

function percent(share: number | null): string {
  return share === null ? 'none' : `${share * 100}%`;
}

function checkPod({ discipline, memory, jvm }: WorkloadSection['pod'], path: string[], tree: SourceTree): void {
  if (discipline !== 'cfs' && discipline !== 'processor-sharing') {
    tree.reject(
      [...path, 'discipline'],
      `must be cfs or processor-sharing for a pod with a JVM, was ${discipline}`,
      'Its collector shares the CPU with its requests: cfs with the same concurrency has as many workers.',
    );
  }
  if (memory.limit === undefined) {
    tree.reject(
      [...path, 'memory', 'limit'],
      'must be given for a pod with a JVM, was missing',
      'The heap is sized by it: give memory: { request: 1Gi, limit: 1Gi }.',
    );
  }
  if (jvm?.sizing.by === 'openj9' && jvm.collector === 'auto') {
    tree.reject(
      [...path, 'jvm', 'collector'],
      'must be given where openj9 sizes the heap, was auto',
      'Only HotSpot picks one by the container; parallel is nearest to gencon, the default of OpenJ9.',
    );
  }
}

function checkCluster({ cpuShares, restartDelay }: Scenario['cluster'], path: string[], tree: SourceTree): void {
  if (cpuShares) {
    tree.reject(
      path,
      'must not be given where cluster.cpuShares is true',
      'Collectors that compete for the cores of a node are not modelled: leave cpuShares out.',
    );
  }
  if (restartDelay === 0) {
    tree.reject(
      ['cluster', 'restartDelay'],
      'must be above 0s where a pod has a JVM, was 0s',
      'A JVM that does not start would be started again without end: leave it out for crashLoopBackOff.',
    );
  }
}

function rejectUse(path: (string | number)[], tree: SourceTree): void {
  if (!tree.has(path)) return;
  tree.reject(path, 'must not be given for a pod with a JVM', 'Its heap and its other regions are what it uses.');
}
