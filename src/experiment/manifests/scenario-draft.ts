import { stringify } from 'yaml';
import type { Registries } from '../../engine/registries.js';
import type { Field, Section } from './draft.js';
import { field, guessed, known, section } from './draft-parts.js';
import type { Entry } from './entry-workload.js';
import type { ImportOptions, SuppliedText } from './import-options.js';
import type { Manifest } from './manifest.js';
import { readNodePool } from './node-pool-manifest.js';
import { marksOf, nodesEntries } from './nodes-section.js';
import { schedulingEntries } from './scheduling-entries.js';
import { readPriorityClass } from './scheduling-manifest.js';
import { quotaEntries } from './quota-section.js';
import { trafficSection } from './traffic-section.js';
import type { WorkloadPlan } from './workload-plan.js';
import { type DraftedWorkload, workloadSection } from './workload-section.js';

/** Drafts a whole scenario from workloads and what surrounds them. */
export function scenarioDraft(
  plans: readonly WorkloadPlan[],
  manifests: readonly Manifest[],
  options: ImportOptions,
  { registries, entry }: { readonly registries: Registries; readonly entry: Entry },
): Section {
  const workloads = plans.map((plan) => workloadSection(plan, plans, serviceTimeOf(plan, entry, options), registries));
  const of = (kind: string): readonly Manifest[] => manifests.filter((manifest) => manifest.kind === kind);
  const pools = of('NodePool').map(readNodePool);
  const nodes = nodesEntries(pools, workloads);
  const around = { plans, marks: marksOf(nodes, pools), classes: of('PriorityClass').map(readPriorityClass) };
  const placed = ({ plan, section: made }: DraftedWorkload): Section => ({
    ...made,
    entries: [...made.entries, ...schedulingEntries(plan, around)],
  });
  return section([
    field('name', known(nameOf(plans, options), '')),
    field('question', known('Does it hold the objective, and what does it cost?', '')),
    field('seed', known('1', '')),
    field('duration', durationOf(options)),
    field('warmUp', known('10m', 'simulated first, not counted')),
    field('slo', section(objective())),
    field('traffic', trafficSection(workloads, entry, options)),
    field('workloads', section(workloads.map((workload) => field(workload.plan.name, placed(workload))))),
    ...nodes,
    ...quotaEntries(of('ResourceQuota'), plans),
  ]);
}

function nameOf(plans: readonly WorkloadPlan[], { name }: ImportOptions): string {
  const wanted = name ?? (plans.length === 1 ? plans[0].name : 'imported');
  return stringify(wanted.slice(0, 80)).trim();
}

function serviceTimeOf(plan: WorkloadPlan, entry: Entry, { parts, serviceTime }: ImportOptions): SuppliedText | null {
  if (parts !== undefined) return parts.find(({ to }) => to === plan.name)?.serviceTime ?? null;
  return plan === entry.plan ? (serviceTime ?? null) : null;
}

function durationOf({ trace: whole, parts }: ImportOptions) {
  const trace = whole ?? parts?.at(0)?.trace;
  return trace === undefined ? known('1h', 'of the placeholder traffic') : known(trace.duration, trace.origin);
}

function objective(): readonly Field[] {
  const why = 'manifests know no objective';
  const measure = 'the objective that you have promised, or the p99 of today';
  return [
    field('latency', guessed('500ms', { topic: 'objective', why, measure })),
    field('target', guessed('99%', { topic: 'objective', why, measure })),
  ];
}
