import type { PodResources } from './pod-resources.js';

/** Bounds of one resource of a container; null where none is set. */
export interface LimitRangeOf {
  readonly min: number | null;
  readonly max: number | null;
  /** Limit and request of a container that sets none. */
  readonly default: number | null;
  readonly defaultRequest: number | null;
}

/** What a namespace allows its containers. Source: Kubernetes, LimitRange of v1, items of type Container. */
export interface LimitRange {
  /** In thousandths of a core. */
  readonly cpu: LimitRangeOf;
  /** In MiB. */
  readonly memory: LimitRangeOf;
}

interface Pair {
  readonly request: number | null;
  readonly limit: number | null;
}

/**
 * Requests and limits of a container after its namespace's defaults: a missing limit is the default one, else the maximum; a missing request
 * is the container's own limit, else the default request, the default limit or the minimum.
 * Sources: Kubernetes, plugin/pkg/admission/limitranger and pkg/apis/core/v1/defaults.go, SetDefaults_LimitRangeItem.
 */
export function withDefaults(resources: PodResources, range: LimitRange): PodResources {
  return join(filled(cpuOf(resources), range.cpu), filled(memoryOf(resources), range.memory));
}

/** The same brought within the bounds, as the VerticalPodAutoscaler does with its recommendations; a limit never falls below its request. */
export function clampedTo(resources: PodResources, range: LimitRange): PodResources {
  return join(clamped(cpuOf(resources), range.cpu), clamped(memoryOf(resources), range.memory));
}

/** Why a container may not be admitted; null where it may. The first reason, in the words of Kubernetes' limit ranger. */
export function limitRangeObjection(resources: PodResources, range: LimitRange): string | null {
  return (
    objection('cpu', cpuOf(resources), range.cpu, (millis) => `${millis}m`) ??
    objection('memory', memoryOf(resources), range.memory, (mebibytes) => `${mebibytes}Mi`)
  );
}

function objection(what: string, pair: Pair, { min, max }: LimitRangeOf, text: (amount: number) => string) {
  const { request, limit } = pair;
  if (min !== null) {
    if (request === null) return `minimum ${what} usage per container is ${text(min)}, and none is requested`;
    if (request < min) return `minimum ${what} usage per container is ${text(min)}, but request is ${text(request)}`;
  }
  if (max === null) return null;
  if (limit === null) return `maximum ${what} usage per container is ${text(max)}, and there is no limit`;
  if (limit > max) return `maximum ${what} usage per container is ${text(max)}, but limit is ${text(limit)}`;
  return (request ?? 0) > max
    ? `maximum ${what} usage per container is ${text(max)}, but request is ${text(request ?? 0)}`
    : null;
}

function filled({ request, limit }: Pair, { min, max, default: usual, defaultRequest }: LimitRangeOf): Pair {
  const usualLimit = usual ?? max;
  return { request: request ?? limit ?? defaultRequest ?? usualLimit ?? min, limit: limit ?? usualLimit };
}

function clamped({ request, limit }: Pair, { min, max }: LimitRangeOf): Pair {
  const into = (amount: number): number => Math.min(max ?? Infinity, Math.max(min ?? 0, amount));
  const asked = request === null ? null : into(request);
  return { request: asked, limit: limit === null ? null : Math.max(into(limit), asked ?? 0) };
}

function cpuOf({ cpuRequestMillis, cpuLimitMillis }: PodResources): Pair {
  return { request: cpuRequestMillis, limit: cpuLimitMillis };
}

function memoryOf({ memoryRequestMiB, memoryLimitMiB }: PodResources): Pair {
  return { request: memoryRequestMiB, limit: memoryLimitMiB };
}

function join(cpu: Pair, memory: Pair): PodResources {
  return {
    cpuRequestMillis: cpu.request,
    cpuLimitMillis: cpu.limit,
    memoryRequestMiB: memory.request,
    memoryLimitMiB: memory.limit,
  };
}
