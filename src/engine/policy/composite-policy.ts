import { z } from 'zod';
import { choiceSchema } from '../../domain/choice-schema.js';
import type { Rule } from '../../domain/decision.js';
import type { Choice } from '../../domain/engine-config.js';
import type { Micros } from '../../kernel/micros.js';
import type {
  HorizontalInput,
  HorizontalPolicy,
  HorizontalProposal,
  LeadTime,
  PolicyDefinition,
  Resource,
} from '../ports.js';

type Combine = 'max' | 'min' | 'priority';

interface Member {
  readonly label: string;
  readonly policy: HorizontalPolicy;
}

const zSettings = z.strictObject({
  combine: z.enum(['max', 'min', 'priority']),
  policies: z.array(z.strictObject({ name: z.string(), config: z.unknown() })).min(2),
});

/** Several policies at once, each with its own memory; what they want is combined at every tick. */
class CompositePolicy implements HorizontalPolicy {
  readonly resources: readonly Resource[];

  constructor(
    private readonly combine: Combine,
    private readonly members: readonly Member[],
  ) {
    this.resources = members.flatMap(({ policy }) => policy.resources ?? []);
  }

  horizons(leadTime: LeadTime): readonly Micros[] {
    return this.members.flatMap(({ policy }) => policy.horizons?.(leadTime) ?? []);
  }

  /** All are asked, so that the memory of each goes on whoever wins. */
  decide(input: HorizontalInput): HorizontalProposal {
    const proposals = this.members.map(({ label, policy }) => ({ label, proposal: policy.decide(input) }));
    const { label: winner, proposal } = this.winner(proposals);
    const numbers: Record<string, number | string> = { combine: this.combine, winner };
    for (const member of proposals) numbers[member.label] = member.proposal.floor ?? member.proposal.desired;
    const rule: Rule = { rule: 'composite', before: input.specReplicas, after: proposal.desired, numbers };
    return {
      ...proposal,
      metrics: proposals.flatMap((member) => member.proposal.metrics),
      rules: [...proposal.rules, rule],
    };
  }

  /** Floors hold whoever wins, and have no other opinion: where there is nothing else, what they hold stays a floor. */
  private winner(proposals: readonly Answered[]): Answered {
    const floors = proposals.filter(({ proposal }) => proposal.floor !== undefined);
    const deciding = proposals.filter(({ proposal }) => proposal.floor === undefined);
    if (floors.length === 0) return this.choose(proposals);
    const highest = floors.reduce((best, next) => (floorOf(next) > floorOf(best) ? next : best));
    const knows = deciding.some(({ proposal }) => proposal.abstains !== true);
    if (!knows) return highest;
    const chosen = this.choose(deciding);
    if (chosen.proposal.desired >= floorOf(highest)) return chosen;
    const { floor = 0, ...raised } = highest.proposal;
    return { label: highest.label, proposal: { ...raised, desired: floor } };
  }

  /** The first of several that want the same. */
  private choose(proposals: readonly Answered[]): Answered {
    if (this.combine === 'priority')
      return proposals.find(({ proposal }) => proposal.abstains !== true) ?? proposals[0];
    const sign = this.combine === 'max' ? 1 : -1;
    const known = proposals.filter(({ proposal }) => proposal.abstains !== true);
    return (known.length === 0 ? proposals : known).reduce((best, next) =>
      sign * next.proposal.desired > sign * best.proposal.desired ? next : best,
    );
  }
}

function floorOf({ proposal }: Answered): number {
  return proposal.floor ?? 0;
}

interface Answered {
  readonly label: string;
  readonly proposal: HorizontalProposal;
}

/** Combines policies out of `members`. */
export function composite(members: Readonly<Record<string, PolicyDefinition>>): PolicyDefinition {
  const schema = z
    .strictObject({
      combine: z
        .enum(['max', 'min', 'priority'])
        .default('max')
        .describe('The most replicas, the fewest, or those of the first policy that has an opinion.'),
      policies: z
        .array(choiceSchema(members, { key: 'policy', fallback: null, description: 'A policy and its own fields.' }))
        .min(2)
        .describe('The policies, the most important first.'),
    })
    .pipe(zSettings);
  return {
    name: 'composite',
    description: 'Several policies at once: the most replicas, the fewest, or those of the first that has an opinion.',
    schema,
    judge(config, place) {
      const { policies } = zSettings.parse(config);
      for (const [i, { name, config: own }] of policies.entries()) {
        const objection = members[name].judge?.(own, place) ?? null;
        if (objection !== null) return { ...objection, path: ['policies', i, ...objection.path] };
      }
      return null;
    },
    create(config, workload) {
      const { combine, policies } = zSettings.parse(config);
      const labels = labelled(policies);
      return new CompositePolicy(
        combine,
        policies.map(({ name, config: own }, i) => ({
          label: labels[i],
          policy: members[name].create(own, workload),
        })),
      );
    },
  };
}

/** The name of each, numbered where there are several. */
function labelled(policies: readonly Choice[]): readonly string[] {
  return policies.map(({ name }, i) => {
    const before = policies.slice(0, i).filter((other) => other.name === name).length;
    return before === 0 ? name : `${name}-${before + 1}`;
  });
}
