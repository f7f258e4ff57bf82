/**
 * How new requests are shared among the pods of a workload. Weights are relative: finite, not negative, at least one above 0.
 *
 * `pod`: by name; a pod that is not named has the weight 1. `revision`: a revision's weight is shared evenly by its endpoints, and one that is
 * not named gets nothing; what is meant for a revision without endpoints goes to the others. `zone`: the zone whose callers a pod is for, by
 * pod, as the hints of an EndpointSlice; callers of a zone that has none, and all while any endpoint lacks one, choose among all.
 */
export type TrafficSplit =
  | { readonly by: 'pod'; readonly weights: Readonly<Record<string, number>> }
  | { readonly by: 'revision'; readonly weights: Readonly<Record<string, number>> }
  | { readonly by: 'zone'; readonly hints: Readonly<Record<string, string>> };

/** What a split goes by. */
export type SplitKind = TrafficSplit['by'];

/** Whether two splits share requests alike by the letter. */
export function sameSplit(one: TrafficSplit | null, other: TrafficSplit | null): boolean {
  if (one === null || other === null) return one === other;
  if (one.by !== other.by) return false;
  const [ours, theirs] = [sharesOf(one), sharesOf(other)];
  const names = Object.keys(ours);
  return names.length === Object.keys(theirs).length && names.every((name) => ours[name] === theirs[name]);
}

function sharesOf(split: TrafficSplit): Readonly<Record<string, number | string>> {
  return split.by === 'zone' ? split.hints : split.weights;
}
