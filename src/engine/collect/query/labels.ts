/** What tells series of one name apart: `workload`, `pod`, `le`, `code`. Never changed once made. */
export type Labels = ReadonlyMap<string, string>;

/** The same for two sets of labels exactly where they are equal. */
export function labelKey(labels: Labels): string {
  return JSON.stringify([...labels].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Only these labels, where they are there. */
export function labelsOf(labels: Labels, kept: readonly string[]): Labels {
  return new Map([...labels].filter(([name]) => kept.includes(name)));
}

/** All labels but these. */
export function labelsBut(labels: Labels, dropped: readonly string[]): Labels {
  return new Map([...labels].filter(([name]) => !dropped.includes(name)));
}
