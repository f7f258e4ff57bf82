import { stringify } from 'yaml';
import type { NodeMarks } from '../../domain/scheduling/node-marks.js';
import { repellingTaint } from '../../domain/scheduling/taint.js';
import { cheapestPool, type ChosenPool } from './cheapest-pool.js';
import type { Field, Remark } from './draft.js';
import { field, guessed, known, notUsed, section, sequence, unknown } from './draft-parts.js';
import { allTolerate } from './scheduling-entries.js';
import { fittingTypes } from './fitting-types.js';
import type { NodePoolManifest } from './node-pool-manifest.js';
import type { DraftedWorkload } from './workload-section.js';

const measure = 'kubectl get nodes -L node.kubernetes.io/instance-type, at the peak';

/** The `nodes` section after the NodePool of the largest weight, with room for every pod at its most; a remark where there is no pool. */
export function nodesEntries(
  pools: readonly NodePoolManifest[],
  workloads: readonly DraftedWorkload[],
): readonly (Field | Remark)[] {
  const [pool, ...others] = [...pools].sort((a, b) => b.weight - a.weight);
  if (pool === undefined) return [noNodes()];
  const rest = others.map(({ manifest }) =>
    notUsed(manifest, [], 'another pool', 'nodes follow the pool of the largest weight alone'),
  );
  const chosen = cheapestPool(fittingTypes(pool.requirements), workloads.map(demandOf));
  const spot = spotRemark(pool);
  if (chosen === null) {
    const why = `no instance type of the catalogue that ${pool.manifest.origin([], pool.manifest.title)} allows holds these pods`;
    return [unknown({ topic: 'nodes', why: `${why}, so pods find a place at once`, measure }), ...spot, ...rest];
  }
  return [field('nodes', sequence([poolSection(pool, chosen, workloads)])), ...spot, ...rest];
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

function poolSection(pool: NodePoolManifest, { type, count }: ChosenPool, workloads: readonly DraftedWorkload[]) {
  const { manifest, cpuLimit } = pool;
  const most = cpuLimit === null ? count : Math.max(1, Math.min(count, Math.floor(cpuLimit / type.vcpu)));
  const limited = most < count ? `; limits.cpu ${cpuLimit ?? ''} allows no more` : '';
  return section(
    [
      field(
        'type',
        guessed(type.name, {
          topic: 'nodes',
          why: 'the cheapest type of the catalogue that the pool allows and the pods fit on',
          measure,
        }),
      ),
      field(
        'count',
        guessed(String(most), {
          topic: 'nodes',
          why: `the pool is fixed in this version, so it has room for every pod at its most, and the bill is that of the peak${limited}`,
          measure,
        }),
      ),
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

function demandOf({ plan, maxPods }: DraftedWorkload) {
  return {
    pods: maxPods,
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
