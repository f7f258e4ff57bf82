/**
 * Threads HotSpot's parallel phases use on so many processors: all of the first eight, five eighths of the rest.
 *
 * Source: HotSpot Garbage Collection Tuning Guide, the parallel collector.
 */
export function gcThreads(cpus: number): number {
  return cpus <= 8 ? Math.max(1, Math.floor(cpus)) : 8 + Math.floor(((cpus - 8) * 5) / 8);
}
