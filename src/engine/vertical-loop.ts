import type { StageOutcome, VerticalDecision } from '../domain/decision.js';
import type { EngineWorkload } from '../domain/engine-config.js';
import type { Observation } from '../domain/observation.js';
import type { PodResources } from '../domain/pod-resources.js';
import type { Micros } from '../kernel/micros.js';
import type { UsageCheckpoint } from '../domain/usage-history.js';
import { checkVertical } from './check-vertical.js';
import type { WorkloadView } from './collect/workload-view.js';
import { guard } from './guard.js';
import type { HorizontalProposal, Resource, VerticalPolicy, VerticalProposal } from './ports.js';
import { resourcesOf } from './vertical/resources-of.js';

/** What stage 4 made of one workload at one tick. */
export interface VerticalDraft {
  readonly outcome: StageOutcome;
  /** The proposal of stage 3, unless stage 4 holds it. */
  readonly horizontal: HorizontalProposal;
  /** What changes for the pods; null where nothing may. */
  readonly change: VerticalChange | null;
}

/** What changes for the pods of a workload, and its explanation. */
export interface VerticalChange {
  readonly decision: VerticalDecision;
  readonly resize: VerticalProposal['resize'];
}

/** Stage 4 of one workload, with its memory: requests and limits. Without a policy they stay as the manifest has them. */
export class VerticalLoop {
  private readonly manifest: PodResources;

  constructor(
    private readonly workload: EngineWorkload,
    private readonly view: WorkloadView,
    private readonly policy: VerticalPolicy | null,
    private readonly scaledBy: readonly Resource[],
  ) {
    this.manifest = resourcesOf(workload);
  }

  /** What its policy keeps for another run; null where that is nothing. */
  history(now: Micros): UsageCheckpoint | null {
    return this.policy?.history?.(now) ?? null;
  }

  /** What a pod that were created now would get. */
  private get template(): PodResources {
    return this.view.template ?? this.manifest;
  }

  /** The workload as whoever places its next pod has to count it. */
  asCreatedNow(): EngineWorkload {
    const { workload, view } = this;
    if (view.template === null) return workload;
    const { cpuRequestMillis, memoryRequestMiB } = view.template;
    return { ...workload, cpuRequestMillis, memoryRequestMiB };
  }

  /** Asks the policy, after stage 3. */
  tick(observation: Observation, specReplicas: number | null, horizontal: HorizontalProposal): VerticalDraft {
    const { workload, view, policy, template, manifest } = this;
    const incidents = view.incidents.splice(0);
    if (policy === null || specReplicas === null) return { outcome: notConfigured, horizontal, change: null };
    const { output, outcome } = guard<VerticalProposal>({
      stage: 'vertical',
      run: () =>
        policy.decide({
          now: observation.at,
          workload,
          manifest,
          template,
          pods: view.census().views,
          observation,
          incidents,
          specReplicas,
          horizontal,
          scaledBy: this.scaledBy,
        }),
      check: checkVertical,
      note: ({ reason }) => reason,
      fallback: () => holdResources(template, 'stage-failed'),
    });
    const { recommendation, evict, resize, rules, reason } = output;
    const decision: VerticalDecision = {
      policy: workload.vertical?.name ?? '',
      recommendation,
      from: template,
      template: output.template,
      evict,
      resize: resize.map(({ pod }) => pod),
      rules,
      reason,
    };
    return { outcome, horizontal: held(horizontal, output.holdsHorizontal), change: { decision, resize } };
  }
}

function holdResources(template: PodResources, reason: string): VerticalProposal {
  const recommendation = { cpu: null, memory: null };
  return { recommendation, template, evict: [], resize: [], rules: [], holdsHorizontal: null, reason };
}

function held(proposal: HorizontalProposal, rule: VerticalProposal['holdsHorizontal']): HorizontalProposal {
  if (rule === null) return proposal;
  return { ...proposal, desired: rule.after, rules: [...proposal.rules, rule], reason: rule.rule };
}

const notConfigured: StageOutcome = { stage: 'vertical', status: 'neutral', note: 'not configured' };
