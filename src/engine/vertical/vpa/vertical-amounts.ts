import { type ResourceAmounts, amountOf } from './resource-amounts.js';

/** Amounts in the units of the rest of the product; a resource that is absent is not set or not controlled. */
export interface VerticalAmounts {
  readonly cpuMillis?: number;
  readonly memoryMiB?: number;
}

/** Bytes in a MiB. */
export const bytesPerMiB = 2 ** 20;

/** Whole millicores and bytes, as VPA counts. */
export function toResourceAmounts({ cpuMillis, memoryMiB }: VerticalAmounts): ResourceAmounts {
  return {
    ...(cpuMillis === undefined ? {} : { cpu: amountOf(cpuMillis) }),
    ...(memoryMiB === undefined ? {} : { memory: amountOf(memoryMiB * bytesPerMiB) }),
  };
}

/** Back again; MiB need not be whole, and lose nothing. */
export function toVerticalAmounts({ cpu, memory }: ResourceAmounts): VerticalAmounts {
  return {
    ...(cpu === undefined ? {} : { cpuMillis: cpu }),
    ...(memory === undefined ? {} : { memoryMiB: memory / bytesPerMiB }),
  };
}
