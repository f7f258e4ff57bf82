import { stringify } from 'yaml';
import { selects } from '../../domain/scheduling/label-selector.js';
import { HOSTNAME_LABEL, labelOf } from '../../domain/scheduling/labels.js';
import { wantsNode } from '../../domain/scheduling/node-affinity.js';
import type { NodeMarks } from '../../domain/scheduling/node-marks.js';
import type { Path } from '../scenario/tree.js';
import type { Draft, Field, Remark } from './draft.js';
import { field, known, notUsed, section } from './draft-parts.js';
import { priorityEntries } from './priority-entries.js';
import {
  type CompanyTerm,
  type PodScheduling,
  type PodSelector,
  type PriorityClassManifest,
  readPodScheduling,
} from './scheduling-manifest.js';
import { POD } from './workload-manifest.js';
import type { WorkloadPlan } from './workload-plan.js';

type Entries = readonly (Field | Remark)[];

/** What surrounds the pods that are placed. */
export interface SchedulingSurroundings {
  readonly plans: readonly WorkloadPlan[];
  /** Of the nodes of the scenario; null where it has none. */
  readonly marks: NodeMarks | null;
  readonly classes: readonly PriorityClassManifest[];
}

const NO_NODES = 'the scenario has no nodes';
const NO_LABEL = 'no pool of the scenario has such a label';

/** The fields of a workload about where its pods are placed, and remarks on what the nodes of the scenario cannot give. */
export function schedulingEntries(plan: WorkloadPlan, around: SchedulingSurroundings): Entries {
  const pod = readPodScheduling(plan.workload.manifest);
  const reader = new SchedulingReader(plan, around);
  return [
    ...reader.nodeSelector(pod),
    ...reader.tolerations(pod),
    ...reader.affinity(pod),
    ...reader.spread(pod),
    ...priorityEntries(plan, pod, around.classes),
  ];
}

/** Whether the pods of every workload put up with the taints of a pool. */
export function allTolerate(plans: readonly WorkloadPlan[], tolerated: (pod: PodScheduling) => boolean): boolean {
  return plans.every(({ workload }) => tolerated(readPodScheduling(workload.manifest)));
}

class SchedulingReader {
  constructor(
    private readonly plan: WorkloadPlan,
    private readonly around: SchedulingSurroundings,
  ) {}

  nodeSelector({ nodeSelector }: PodScheduling): Entries {
    const { marks } = this.around;
    const written = Object.entries(nodeSelector);
    const kept = written.filter(([key, value]) => labelOf(marks?.labels ?? {}, key) === value);
    const left = written.filter(([key, value]) => labelOf(marks?.labels ?? {}, key) !== value);
    return [
      ...(kept.length === 0
        ? []
        : [field('nodeSelector', this.leaf(Object.fromEntries(kept), ['nodeSelector'], 'nodeSelector'))]),
      ...left.map(([key, value]) => this.remark(['nodeSelector', key], `nodeSelector ${key}=${value}`)),
    ];
  }

  tolerations({ tolerations }: PodScheduling): Entries {
    if (tolerations.length === 0) return [];
    if (this.around.marks === null) return [this.remark(['tolerations'], 'tolerations')];
    return [field('tolerations', this.leaf(tolerations, ['tolerations'], 'tolerations'))];
  }

  affinity({ affinity }: PodScheduling): Entries {
    const nodes = this.nodeAffinity(affinity.nodeAffinity);
    const near = this.company('podAffinity', affinity.podAffinity);
    const far = this.company('podAntiAffinity', affinity.podAntiAffinity);
    const fields = [...nodes, ...near, ...far].filter((entry) => entry.kind === 'field');
    const remarks = [...nodes, ...near, ...far].filter((entry) => entry.kind === 'remark');
    return [...(fields.length === 0 ? [] : [field('affinity', section(fields))]), ...remarks];
  }

  spread({ topologySpreadConstraints }: PodScheduling): Entries {
    const path = 'topologySpreadConstraints';
    const kept: object[] = [];
    const remarks: Remark[] = [];
    topologySpreadConstraints.forEach(({ topologyKey, maxSkew, whenUnsatisfiable, minDomains, labelSelector }, i) => {
      const counted = this.workloadsOf(labelSelector);
      const words = `topology spread over ${topologyKey}`;
      if (!this.hasTopology(topologyKey)) remarks.push(this.remark([path, i], words));
      else if (counted.length !== 1 || counted[0] !== this.plan.name) {
        remarks.push(this.remark([path, i], words, 'it counts other pods than those of the workload'));
      } else {
        const limit = minDomains === undefined ? {} : { minDomains };
        kept.push({ topologyKey: shortKey(topologyKey), maxSkew, whenUnsatisfiable, ...limit });
      }
    });
    return [...(kept.length === 0 ? [] : [field('topologySpread', this.leaf(kept, [path], path))]), ...remarks];
  }

  private nodeAffinity(given: PodScheduling['affinity']['nodeAffinity']): Entries {
    const { marks } = this.around;
    const [requiredKey, preferredKey] = LONG;
    const at = (key: string): Path => ['affinity', 'nodeAffinity', key];
    const terms = given[requiredKey]?.nodeSelectorTerms ?? [];
    const preferred = given[preferredKey];
    const entries: [string, Draft][] = [];
    const remarks: Remark[] = [];
    if (terms.length > 0) {
      const requiredNodes = terms.map(({ matchExpressions }) => matchExpressions);
      const can = marks !== null && wantsNode({ requiredNodes }, marks.labels ?? {});
      if (can) entries.push(['required', this.leaf(terms.map(tidy), at(requiredKey), 'required node affinity')]);
      else remarks.push(this.remark(at(requiredKey), 'required node affinity'));
    }
    if (preferred.length > 0) {
      const wishes = preferred.map(({ weight, preference }) => ({ weight, preference: tidy(preference) }));
      if (marks === null) remarks.push(this.remark(at(preferredKey), 'preferred node affinity'));
      else entries.push(['preferred', this.leaf(wishes, at(preferredKey), 'preferred node affinity')]);
    }
    return [...fieldOf('nodeAffinity', entries), ...remarks];
  }

  private company(key: 'podAffinity' | 'podAntiAffinity', given: PodScheduling['affinity']['podAffinity']): Entries {
    const [requiredKey, preferredKey] = LONG;
    const remarks: Remark[] = [];
    const termOf = (term: CompanyTerm, at: Path): object[] => {
      const workloads = this.workloadsOf(term.labelSelector);
      if (!this.hasTopology(term.topologyKey)) remarks.push(this.remark(at, `${key} by ${term.topologyKey}`));
      else if (workloads.length === 0)
        remarks.push(this.remark(at, key, 'it means pods that are in none of the files'));
      else {
        const whose = workloads.length === 1 && workloads[0] === this.plan.name ? {} : { workloads };
        return [{ topologyKey: shortKey(term.topologyKey), ...whose }];
      }
      return [];
    };
    const required = given[requiredKey].flatMap((term, i) => termOf(term, ['affinity', key, requiredKey, i]));
    const preferred = given[preferredKey].flatMap(({ weight, podAffinityTerm }, i) =>
      termOf(podAffinityTerm, ['affinity', key, preferredKey, i]).map((term) => ({ weight, ...term })),
    );
    const entries: [string, Draft][] = [];
    if (required.length > 0) entries.push(['required', this.leaf(required, ['affinity', key], key)]);
    if (preferred.length > 0) entries.push(['preferred', this.leaf(preferred, ['affinity', key], key)]);
    return [...fieldOf(key, entries), ...remarks];
  }

  private hasTopology(key: string): boolean {
    const { marks } = this.around;
    return marks !== null && (key === HOSTNAME_LABEL || labelOf(marks.labels ?? {}, key) !== null);
  }

  /** Names of the workloads whose pods a selector means; without one it means none. */
  private workloadsOf(selector: PodSelector | undefined): readonly string[] {
    if (selector === undefined) return [];
    return this.around.plans.filter(({ workload }) => selects(selector, workload.labels)).map(({ name }) => name);
  }

  private leaf(value: unknown, path: Path, words: string): Draft {
    const text = stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim();
    return known(text, this.plan.workload.manifest.origin([...POD, ...path], words));
  }

  private remark(path: Path, words: string, why = this.around.marks === null ? NO_NODES : NO_LABEL): Remark {
    return notUsed(this.plan.workload.manifest, [...POD, ...path], words, why);
  }
}

const LONG = [
  'requiredDuringSchedulingIgnoredDuringExecution',
  'preferredDuringSchedulingIgnoredDuringExecution',
] as const;

function fieldOf(key: string, entries: readonly [string, Draft][]): readonly Field[] {
  return entries.length === 0 ? [] : [field(key, section(entries.map(([name, value]) => field(name, value))))];
}

type Term = PodScheduling['affinity']['nodeAffinity'][(typeof LONG)[1]][number]['preference'];

function tidy({ matchExpressions }: Term): object {
  return {
    matchExpressions: matchExpressions.map(({ key, operator, values }) => ({
      key,
      operator,
      ...(values.length === 0 ? {} : { values }),
    })),
  };
}

function shortKey(key: string): string {
  return key === HOSTNAME_LABEL ? 'hostname' : key;
}
