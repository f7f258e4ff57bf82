import type { UsageTraceOptions } from './usage-trace.js';

/** Where the usage of one machine stands in a row, and how it is turned into our units. */
export interface SeriesLayout {
  readonly name: string;
  /** Thousandths of a core of a row's numbers; NaN where one is missing. */
  readonly cpuMillis: (row: readonly number[]) => number;
  /** null where there is no memory. */
  readonly memoryMiB: ((row: readonly number[]) => number) | null;
}

/** How a file's columns are to be read. */
export interface UsageLayout {
  readonly series: readonly SeriesLayout[];
  readonly notes: readonly string[];
  /** Columns that hold numbers as they are, whose unit is told by their size when all is read; else null. */
  readonly undecided: { readonly options: UsageTraceOptions } | null;
}

/** The layout of a header, or null where it is none that is known. */
export function usageLayout(header: readonly string[], options: UsageTraceOptions): UsageLayout | null {
  return (
    gwaLayout(header) ?? virtualMachine(header, options) ?? machineShare(header, options) ?? table(header, options)
  );
}

/** Bitbrains' own files (GWA-T-12): capacity is cores times MHz, memory in KB. */
function gwaLayout(header: readonly string[]): UsageLayout | null {
  const [cores, capacity, usage, memory] = columns(header, [
    'CPU cores',
    'CPU capacity provisioned [MHZ]',
    'CPU usage [MHZ]',
    'Memory usage [KB]',
  ]);
  if (usage < 0 || capacity < 0 || cores < 0) return null;
  const cpuMillis = (row: readonly number[]): number => (row[usage] / row[capacity]) * row[cores] * 1000;
  const memoryMiB = memory < 0 ? null : (row: readonly number[]): number => row[memory] / 1024;
  return {
    series: [{ name: 'vm', cpuMillis, memoryMiB }],
    notes: ['CPU is MHz used of MHz provisioned'],
    undecided: null,
  };
}

/** One virtual machine: percent of its cores, memory in KB. */
function virtualMachine(header: readonly string[], { cores = 1 }: UsageTraceOptions): UsageLayout | null {
  const [cpu, memory] = columns(header, ['value', 'mem_used_kb']);
  if (cpu < 0 || memory < 0) return null;
  const series = {
    name: 'vm',
    cpuMillis: (row: readonly number[]): number => row[cpu] * 10 * cores,
    memoryMiB: (row: readonly number[]): number => row[memory] / 1024,
  };
  return {
    series: [series],
    notes: [`100% of CPU is taken as ${cores} core${cores === 1 ? '' : 's'}`],
    undecided: null,
  };
}

/** Machines of Alibaba's cluster: percent of 96 cores, and of a memory that the trace keeps to itself. */
function machineShare(
  header: readonly string[],
  { cores = 96, memoryMiB: total }: UsageTraceOptions,
): UsageLayout | null {
  const [cpu, memory] = columns(header, ['value', 'mem_util_percent']);
  if (cpu < 0 || memory < 0) return null;
  const cpuMillis = (row: readonly number[]): number => row[cpu] * 10 * cores;
  const memoryMiB = total === undefined ? null : (row: readonly number[]): number => (row[memory] / 100) * total;
  const size =
    total === undefined
      ? 'memory is a percentage of an unknown size and is left out'
      : `100% of memory is taken as ${total} MiB`;
  return {
    series: [{ name: 'machine', cpuMillis, memoryMiB }],
    notes: [`100% of CPU is taken as ${cores} cores`, size],
    undecided: null,
  };
}

/** A table with a column for each machine, CPU only. */
function table(header: readonly string[], options: UsageTraceOptions): UsageLayout | null {
  if (header.length < 2 || header.slice(1).some((name) => !/^[A-Za-z]\w*\d$/.test(name))) return null;
  const series = header.slice(1).map((name, index): SeriesLayout => {
    return { name, cpuMillis: (row) => row[index + 1], memoryMiB: null };
  });
  return { series, notes: [], undecided: { options } };
}

function columns(header: readonly string[], names: readonly string[]): readonly number[] {
  const known = header.map((name) => name.toLowerCase());
  return names.map((name) => known.indexOf(name.toLowerCase()));
}
