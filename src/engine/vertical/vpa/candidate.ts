import type { Micros } from '../../../kernel/micros.js';
import { meetsRequirements } from './eviction-requirement.js';
import type { ContainerLimitRange } from './limit-range.js';
import { policyOf } from './container-policy.js';
import type { ContainerTarget, LeaveCause, UpdateCause } from './pod-update.js';
import { type ContainerPlace, admittedResources, processRecommendation } from './process-recommendation.js';
import type { AmountsRecommended } from './recommend-containers.js';
import type { ResourceAmounts } from './resource-amounts.js';
import { type UpdatePriority, updatePriority } from './update-priority.js';
import type { UpdaterContainer, UpdaterPod } from './updater-pod.js';
import { toResourceAmounts, toVerticalAmounts } from './vertical-amounts.js';
import type { VpaRecommendation } from './vpa-recommendation.js';
import type { VpaSettings } from './vpa-settings.js';
import { weighUpdate } from './weigh-update.js';

/** A pod with what it would get, and whether that is worth the trouble. */
export interface Candidate {
  readonly pod: UpdaterPod;
  readonly priority: UpdatePriority;
  readonly targets: ReadonlyMap<string, ResourceAmounts>;
  readonly containers: readonly ContainerTarget[];
  /** null where it is not worth touching. */
  readonly cause: UpdateCause | null;
  /** Why not; null where it is. */
  readonly leave: LeaveCause | null;
  readonly numbers: Readonly<Record<string, number>>;
}

/** What pods are weighed against. */
export interface CandidateRules {
  readonly settings: VpaSettings;
  readonly limitRange: ContainerLimitRange | null;
}

interface Weighed {
  readonly container: UpdaterContainer;
  readonly place: ContainerPlace;
  readonly recommended: AmountsRecommended | null;
}

/** Weighs a pod against a recommendation, as it holds for this pod's own limits. */
export function candidateOf(
  pod: UpdaterPod,
  recommendation: VpaRecommendation,
  rules: CandidateRules,
  now: Micros,
): Candidate {
  const { settings } = rules;
  const weighed = pod.containers.map((container) => weigh(container, recommendation, rules));
  const changes = weighed.map(({ container, place, recommended }) => {
    const given = container.given === null ? null : toResourceAmounts(container.given);
    return { request: place.resources.request, statusRequest: given, recommended };
  });
  const priority = updatePriority(changes);
  const changeable = pod.containers.filter(({ name }) => !policyOf(name, settings).off);
  const weighing = weighUpdate({ ...pod, containers: changeable }, priority, settings.updater, now);
  const admitted = meetsRequirements(
    changes.map(({ request, statusRequest, recommended }) => ({ request: statusRequest ?? request, recommended })),
    settings.updater.evictionRequirements,
  );
  const recommendedOnes = weighed.flatMap((one) => (one.recommended === null ? [] : [{ ...one, ...one.recommended }]));
  return {
    pod,
    priority,
    targets: new Map(recommendedOnes.map(({ container, target }) => [container.name, target])),
    containers: recommendedOnes.map(({ container, target, place }) => targetOf(container.name, target, place)),
    cause: weighing.worth && admitted ? weighing.cause : null,
    leave: weighing.worth ? (admitted ? null : 'eviction-requirement') : weighing.cause,
    numbers: weighing.numbers,
  };
}

/** What a container gets when its pod is made or resized. */
export function targetOf(container: string, target: ResourceAmounts, place: ContainerPlace): ContainerTarget {
  const { request, limit } = admittedResources(target, place);
  return { container, request: toVerticalAmounts(request), limit: toVerticalAmounts(limit) };
}

/** Where a container's recommendation is used. */
export function placeOf(
  { name, request, limit }: Pick<UpdaterContainer, 'name' | 'request' | 'limit'>,
  { settings, limitRange }: CandidateRules,
): ContainerPlace {
  const resources = { request: toResourceAmounts(request), limit: toResourceAmounts(limit) };
  return { resources, policy: policyOf(name, settings), limitRange };
}

function weigh(container: UpdaterContainer, recommendation: VpaRecommendation, rules: CandidateRules): Weighed {
  const place = placeOf(container, rules);
  const found = recommendation.containers.find((recommended) => recommended.container === container.name);
  if (found === undefined) return { container, place, recommended: null };
  const { recommended } = processRecommendation(
    {
      target: toResourceAmounts(found.target),
      lower: toResourceAmounts(found.lower),
      upper: toResourceAmounts(found.upper),
    },
    place,
  );
  return { container, place, recommended };
}
