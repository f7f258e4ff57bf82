import { type NonHeap, nonHeapMiB } from './jvm-memory.js';

/** What Paketo's calculator comes to: a heap, or a refusal to start. */
export type PaketoHeap =
  | { readonly starts: true; readonly heapMiB: number }
  | {
      readonly starts: false;
      /** What the regions outside the heap and the headroom take, in MiB. */
      readonly fixedMiB: number;
      readonly limitMiB: number;
      /** In words, with both numbers. */
      readonly reason: string;
    };

/** What it assumes of a container without a limit, in MiB. */
const withoutLimitMiB = 1024;

/**
 * The heap that Paketo's memory calculator leaves: the limit less the regions outside the heap and `headroom`, a share of the limit.
 *
 * It refuses to start where these take all there is, as in most containers of 512 MiB. `limitMiB` is null without a limit.
 * Source: Paketo libjvm, calc/*.go and helper/memory_calculator.go.
 */
export function paketoHeap(limitMiB: number | null, nonHeap: NonHeap, headroom = 0): PaketoHeap {
  const limit = limitMiB ?? withoutLimitMiB;
  const fixedMiB = nonHeapMiB(nonHeap) + headroom * limit;
  const heapMiB = limit - fixedMiB;
  if (heapMiB > 0) return { starts: true, heapMiB };
  const reason = `its fixed regions need ${round(fixedMiB)} MiB, more than the limit of ${round(limit)} MiB: ${regions(nonHeap)}`;
  return { starts: false, fixedMiB, limitMiB: limit, reason };
}

function regions({ metaspaceMiB, codeCacheMiB, stacksMiB, directMiB }: NonHeap): string {
  const parts = [
    `metaspace ${round(metaspaceMiB)}`,
    `code cache ${round(codeCacheMiB)}`,
    `stacks ${round(stacksMiB)}`,
    `direct ${round(directMiB)}`,
  ];
  return parts.join(' + ');
}

function round(mib: number): string {
  return String(Math.round(mib * 10) / 10);
}
