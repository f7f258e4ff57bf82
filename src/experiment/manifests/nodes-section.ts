import { stringify } from 'yaml';
import type { NodeMarks } from '../../domain/scheduling/node-marks.js';
import { repellingTaint } from '../../domain/scheduling/taint.js';
import { CORES_WITHOUT_NODES } from '../scenario/resolve-serving.js';
import { karpenterSection } from './karpenter-section.js';
import { holdingTypes, mostNodes } from './holding-types.js';
import type { InstanceType } from '../../catalogue/instance-type.js';
import type { Field, Remark, Section } from './draft.js';
import { field, guessed, known, notUsed, section, sequence, unknown } from './draft-parts.js';
import { allTolerate } from './scheduling-entries.js';
import { fittingTypes } from './fitting-types.js';
import type { NodePoolManifest } from './node-pool-manifest.js';
import type { DraftedWorkload } from './workload-section.js';

const measure = 'kubectl get nodes -L node.kubernetes.io/instance-type, at the peak';

/**
 * The `nodes` after the NodePool of the largest weight, with an offer for each type that it allows, and the `nodeAutoscaler` that chooses
 * among them; a remark where there is no pool.
 */
export function nodesEntries(
  pools: readonly NodePoolManifest[],
  workloads: readonly DraftedWorkload[],
): readonly (Field | Remark)[] {
  const [pool, ...others] = [...pools].sort((a, b) => b.weight - a.weight);
  if (pool === undefined) return [noNodes(), ...unboundCores(workloads)];
  const rest = others.map(({ manifest }) =>
    notUsed(manifest, [], 'another pool', 'nodes follow the pool of the largest weight alone'),
  );
  const types = holdingTypes(fittingTypes(pool.requirements), workloads.map(demandOf));
  const spot = spotRemark(pool);
  if (types.length === 0) {
    const why = `no instance type of the catalogue that ${pool.manifest.origin([], pool.manifest.title)} allows holds these pods`;
    return [unknown({ topic: 'nodes', why: `${why}, so pods find a place at once`, measure }), ...spot, ...rest];
  }
  return [
    field('nodes', sequence([poolSection(pool, types, workloads)])),
    ...spot,
    ...rest,
    field('nodeAutoscaler', karpenterSection(pool)),
  ];
}

/** Labels and taints of the nodes that the scenario gets; null where it gets none. `entries` are those of its nodes. */
export function marksOf(entries: readonly (Field | Remark)[], pools: readonly NodePoolManifest[]): NodeMarks | null {
  if (!entries.some(({ kind }) => kind === 'field')) return null;
  const [pool] = [...pools].sort((a, b) => b.weight - a.weight);
  return { labels: { 'kubernetes.io/os': 'linux', ...pool.labels }, taints: pool.taints };
}

function noNodes(): Remark {
  const why = 'no machines are named: every pod finds a place at once, and pods are billed by the hour';
  return unknown({ topic: 'nodes', why, measure }, 'nodes: [{ type: aws/m5.xlarge, count: 8 }]');
}

/** Without machines nothing holds back a pod that has no limit, which a full node would. */
function unboundCores(workloads: readonly DraftedWorkload[]): readonly Remark[] {
  const names = workloads.filter(({ plan }) => plan.cpu.limit === null).map(({ plan }) => plan.name);
  if (names.length === 0) return [];
  const why = `no CPU limit and no machines hold back pods of ${names.join(', ')}: each may use ${CORES_WITHOUT_NODES} cores, whatever it requests; a real node, shared with others, would`;
  const nodes = 'the size of your nodes and how full they are (kubectl describe node)';
  return [unknown({ topic: 'cores', why, measure: nodes })];
}

function poolSection(
  pool: NodePoolManifest,
  types: readonly InstanceType[],
  workloads: readonly DraftedWorkload[],
): Section {
  const { manifest, cpuLimit } = pool;
  const pods = workloads.reduce((sum, { maxPods }) => sum + maxPods, 0);
  const limited = cpuLimit === null ? '' : `, within limits.cpu ${cpuLimit} of each type`;
  const time = (what: string) => ({
    topic: 'nodes' as const,
    why: `how long ${what}; the pool does not say`,
    measure: 'the times of Launched, Registered and Initialized in kubectl get nodeclaims -o yaml',
  });
  return section(
    [
      field('name', known(stringify(manifest.name).trim(), manifest.place(['metadata', 'name']))),
      field(
        'types',
        known(
          `[${types.map(({ name }) => name).join(', ')}]`,
          `${manifest.place(['spec', 'template', 'spec', 'requirements'])} what requirements allow of the catalogue, and a pod fits on`,
        ),
      ),
      field(
        'count',
        known(`{ min: 0, max: ${mostNodes(types, pods, cpuLimit)} }`, `room for every pod at its most${limited}`),
      ),
      field('provisioning', guessed('{ lognormal: { p50: 25s, p95: 40s } }', time('a machine takes to come'))),
      field('boot', guessed('{ lognormal: { p50: 30s, p95: 50s } }', time('a machine takes to become a ready node'))),
      ...markEntries(pool, workloads),
    ],
    manifest.origin([], manifest.title),
  );
}

/** Taints are left out where a workload would have no other place: nodes follow one pool alone. */
function markEntries(
  { manifest, labels, taints }: NodePoolManifest,
  workloads: readonly DraftedWorkload[],
): readonly (Field | Remark)[] {
  const template = ['spec', 'template'];
  const flow = (value: unknown): string => stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim();
  const plans = workloads.map(({ plan }) => plan);
  const tolerated = allTolerate(plans, ({ tolerations }) => repellingTaint(tolerations, taints) === null);
  const origin = manifest.origin([...template, 'spec', 'taints'], 'taints');
  return [
    ...(Object.keys(labels).length === 0
      ? []
      : [field('labels', known(flow(labels), manifest.origin([...template, 'metadata', 'labels'], 'labels')))]),
    ...(taints.length === 0
      ? []
      : tolerated
        ? [field('taints', known(flow(taints), origin))]
        : [
            notUsed(
              manifest,
              [...template, 'spec', 'taints'],
              'taints',
              'some of the workloads would have no other nodes',
            ),
          ]),
  ];
}

function demandOf({ plan }: DraftedWorkload) {
  return {
    cores: plan.cpu.reserved?.value ?? 0.5,
    memoryBytes: plan.memory.reserved?.value ?? 256 * 2 ** 20,
  };
}

function spotRemark({ manifest, requirements }: NodePoolManifest): readonly Remark[] {
  const i = requirements.findIndex(
    ({ key, values }) => key === 'karpenter.sh/capacity-type' && values.includes('spot'),
  );
  if (i < 0) return [];
  return [
    notUsed(manifest, ['spec', 'template', 'spec', 'requirements', i], 'spot capacity', 'all nodes are on demand'),
  ];
}
