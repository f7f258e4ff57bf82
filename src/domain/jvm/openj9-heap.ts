/** OpenJ9 never chooses a larger heap by itself. */
const mostMiB = 25 * 1024;

/**
 * The largest heap OpenJ9 chooses in a container (-XX:+UseContainerSupport), by the container's memory limit, in MiB.
 *
 * Half of less than 1 GiB; all but 512 MiB up to 2 GiB; three quarters of more, at most 25 GiB. Fixed at start.
 * Source: documentation of OpenJ9, -XX:[+|-]UseContainerSupport.
 */
export function openJ9Heap(limitMiB: number): number {
  if (limitMiB < 1024) return limitMiB / 2;
  if (limitMiB <= 2048) return limitMiB - 512;
  return Math.min(limitMiB * 0.75, mostMiB);
}
