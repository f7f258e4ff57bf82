/** Labels of a pod or of a node, by key. */
export type Labels = Readonly<Record<string, string>>;

/** The label of a node that names the node itself. */
export const HOSTNAME_LABEL = 'kubernetes.io/hostname';

/** The label of a node that names its availability zone. */
export const ZONE_LABEL = 'topology.kubernetes.io/zone';

/** The label of a node that names its region. */
export const REGION_LABEL = 'topology.kubernetes.io/region';

/** The value of a label; null where there is none. */
export function labelOf(labels: Labels, key: string): string | null {
  return Object.hasOwn(labels, key) ? labels[key] : null;
}
