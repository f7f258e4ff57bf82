import type { ResourceRule } from '../../domain/decision.js';
import type { EngineWorkload } from '../../domain/engine-config.js';
import type { PodResources } from '../../domain/pod-resources.js';
import type { UsageCheckpoint } from '../../domain/usage-history.js';
import type { Micros } from '../../kernel/micros.js';
import type { Resource, VerticalInput, VerticalPolicy, VerticalPolicyDefinition, VerticalProposal } from '../ports.js';
import { VpaPolicy } from './vpa-policy.js';
import { zVpa } from './vpa-schema.js';
import { zVpaSettings } from './vpa-settings-schema.js';

/**
 * Requests by VPA on what the horizontal policy does not scale by. On what it does scale by, only where it has come to its end: it wants
 * more replicas than there may be, or fewer. Then requests go first and the replicas are held at that tick.
 */
class MultidimensionalPolicy implements VerticalPolicy {
  /** One for each set of resources that may be left to it; all learn at every tick, so that none starts from nothing when its turn comes. */
  private readonly policies: ReadonlyMap<string, VpaPolicy>;

  constructor(
    private readonly controlled: readonly Resource[],
    create: (resources: readonly Resource[]) => VpaPolicy,
  ) {
    const sets: readonly (readonly Resource[])[] = [['cpu', 'memory'], ['cpu'], ['memory']];
    const possible = sets.filter((resources) => resources.every((resource) => controlled.includes(resource)));
    this.policies = new Map(possible.map((resources) => [resources.join(), create(resources)]));
  }

  /** All have seen the same. */
  history(now: Micros): UsageCheckpoint | null {
    return this.policies.get(this.controlled.join())?.history(now) ?? null;
  }

  decide(input: VerticalInput): VerticalProposal {
    const scaled = this.controlled.filter((resource) => input.scaledBy.includes(resource));
    const end = horizontalEnd(input);
    const left = this.controlled.filter((resource) => end !== null || !scaled.includes(resource));
    for (const [key, policy] of this.policies) policy.learn(keeping(input, key.split(',')));
    const chosen = this.policies.get(left.join())?.act(keeping(input, left)) ?? nothing(input.template);
    if (end === null) {
      const wished = this.policies.get(this.controlled.join())?.range ?? chosen.recommendation;
      const yielded = scaled.map((resource) => horizontalFirst(resource, input, wished));
      return { ...chosen, rules: [...chosen.rules, ...yielded] };
    }
    const acts = scaled.filter((resource) => changes(resource, input.template, chosen));
    if (acts.length === 0) return chosen;
    const { horizontal, specReplicas } = input;
    const numbers = { resources: acts.join(' and '), replicasWanted: horizontal.rawDesired ?? horizontal.desired, end };
    return {
      ...chosen,
      holdsHorizontal: { rule: 'vertical-first', before: horizontal.desired, after: specReplicas, numbers },
    };
  }
}

/** Which end of its range the horizontal policy would go beyond; null where it has room. */
function horizontalEnd({ horizontal, workload, specReplicas }: VerticalInput): 'maximum' | 'minimum' | null {
  const { rawDesired } = horizontal;
  if (rawDesired === null) return null;
  if (rawDesired > workload.maxReplicas && specReplicas >= workload.maxReplicas) return 'maximum';
  return rawDesired < workload.minReplicas && specReplicas <= workload.minReplicas ? 'minimum' : null;
}

/** What is not left to a policy stays as it is, and not as the manifest has it. */
function keeping(input: VerticalInput, resources: readonly string[]): VerticalInput {
  const { manifest, template } = input;
  return {
    ...input,
    manifest: {
      ...(resources.includes('cpu') ? manifest : template),
      ...(resources.includes('memory') ? memoryOf(manifest) : memoryOf(template)),
    },
  };
}

function memoryOf({
  memoryRequestMiB,
  memoryLimitMiB,
}: PodResources): Pick<PodResources, 'memoryRequestMiB' | 'memoryLimitMiB'> {
  return { memoryRequestMiB, memoryLimitMiB };
}

function requestOf(resource: Resource, { cpuRequestMillis, memoryRequestMiB }: PodResources): number | null {
  return resource === 'cpu' ? cpuRequestMillis : memoryRequestMiB;
}

function changes(resource: Resource, template: PodResources, proposal: VerticalProposal): boolean {
  const updates = proposal.evict.length + proposal.resize.length > 0;
  return updates || requestOf(resource, template) !== requestOf(resource, proposal.template);
}

function horizontalFirst(
  resource: Resource,
  input: VerticalInput,
  recommendation: VerticalProposal['recommendation'],
): ResourceRule {
  const has = requestOf(resource, input.template) ?? 0;
  const numbers = { replicas: input.specReplicas, replicasWanted: input.horizontal.desired };
  return { rule: 'horizontal-first', resource, before: recommendation[resource]?.target ?? has, after: has, numbers };
}

function nothing(template: PodResources): VerticalProposal {
  const recommendation = { cpu: null, memory: null };
  const reason = 'horizontal-first';
  return { recommendation, template, evict: [], resize: [], rules: [], holdsHorizontal: null, reason };
}

/** A pod has one container, so that a policy by container's name is not asked. */
function create(config: unknown, { usageHistory }: EngineWorkload): VerticalPolicy {
  const settings = zVpaSettings.parse(config);
  const { controlledResources } = settings.policy;
  const controlled = RESOURCES.filter((resource) => controlledResources.includes(resource));
  return new MultidimensionalPolicy(controlled, (resources) => {
    const policy = { ...settings.policy, controlledResources: resources };
    return new VpaPolicy({ ...settings, policy, containers: {} }, usageHistory);
  });
}

/** In the order in which sets of them are named. */
const RESOURCES = ['cpu', 'memory'] as const;

/** Horizontal and vertical together, never both on one resource at once. */
export const multidimensional: VerticalPolicyDefinition = {
  name: 'multidimensional',
  description:
    'VPA beside a horizontal policy, never both on one resource at once: requests where replicas are at an end.',
  schema: zVpa,
  create,
};
