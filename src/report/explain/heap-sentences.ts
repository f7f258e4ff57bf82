import type { ResourceRule } from '../../domain/decision.js';
import { formatNumber } from '../../domain/number-format.js';

/** How the size of a JVM's container came about; nothing where the rules are not about one. */
export function heapSentences(rules: readonly ResourceRule[]): readonly string[] {
  const named = (name: string): ResourceRule | undefined => rules.find(({ rule }) => rule === name);
  const heap = rules.find(({ rule }) => rule.startsWith('heap-') && rule !== 'heap-share');
  const [together, ranOut] = [named('non-heap'), named('ran-out')];
  if (heap === undefined || together === undefined) return [];
  const share = named('heap-share');
  const larger = share !== undefined && share.after > share.before;
  return [
    `${mib(heap.before)} of the heap stay in use after collections, so it is to have ${mib(heap.after)}; ${mib(together.after - together.before)} are not heap`,
    ...(larger ? [`The heap is ${shareOf(share)} of its container, which therefore has ${mib(share.after)}`] : []),
    ...(ranOut !== undefined && ranOut.after > ranOut.before
      ? [
          `A container of ${mib(Number(ranOut.numbers.memoryMiB))} has run out of memory, so it gets ${mib(ranOut.after)}`,
        ]
      : []),
  ];
}

function shareOf({ numbers }: ResourceRule): string {
  return `${formatNumber(Number(numbers.share) * 100)}%`;
}

function mib(amount: number): string {
  return `${formatNumber(amount)} MiB`;
}
