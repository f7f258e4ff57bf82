import type { PodResources } from '../domain/pod-resources.js';
import type { VerticalProposal } from './ports.js';

/** What is wrong with a vertical policy's proposal, in words; null when nothing is. */
export function checkVertical({ template, resize, holdsHorizontal }: VerticalProposal): string | null {
  const held = holdsHorizontal?.after ?? 0;
  if (!Number.isSafeInteger(held) || held < 0) return `held replicas must be a whole number of at least 0, was ${held}`;
  return (
    [template, ...resize.map(({ resources }) => resources)].map(wrongAmount).find((wrong) => wrong !== null) ?? null
  );
}

const AMOUNTS = ['cpuRequestMillis', 'cpuLimitMillis', 'memoryRequestMiB', 'memoryLimitMiB'] as const;

function wrongAmount(resources: PodResources): string | null {
  for (const name of AMOUNTS) {
    const amount = resources[name];
    if (amount !== null && !(Number.isFinite(amount) && amount > 0)) return `${name} must be above 0, was ${amount}`;
  }
  return aboveLimit(resources);
}

function aboveLimit({
  cpuRequestMillis,
  cpuLimitMillis,
  memoryRequestMiB,
  memoryLimitMiB,
}: PodResources): string | null {
  if ((cpuRequestMillis ?? 0) > (cpuLimitMillis ?? Infinity)) return 'the CPU request must not be above the limit';
  if ((memoryRequestMiB ?? 0) > (memoryLimitMiB ?? Infinity)) return 'the memory request must not be above the limit';
  return null;
}
