import { type LabelRequirement, meetsRequirement } from './label-requirement.js';
import { type Labels, labelOf } from './labels.js';

/** Requirements on a node's labels that must all hold. A term without any means no node. */
export type NodeSelectorTerm = readonly LabelRequirement[];

/** A term that is worth so much where it holds. */
export interface PreferredTerm {
  /** 1 to 100. */
  readonly weight: number;
  readonly term: NodeSelectorTerm;
}

/** What a pod wants of its node's labels. */
export interface NodeWishes {
  /** Labels that must be there as they are. */
  readonly nodeSelector?: Labels;
  /** One of the terms must hold; absent means that nothing is required, an empty list that no node will do. */
  readonly requiredNodes?: readonly NodeSelectorTerm[];
}

/** Whether all requirements of a term hold, and there are any. */
export function meetsTerm(labels: Labels, term: NodeSelectorTerm): boolean {
  return term.length > 0 && term.every((requirement) => meetsRequirement(labels, requirement));
}

/** Whether a node's labels are what a pod requires, as Kubernetes' `GetRequiredNodeAffinity`. */
export function wantsNode({ nodeSelector = {}, requiredNodes }: NodeWishes, labels: Labels): boolean {
  return (
    Object.entries(nodeSelector).every(([key, value]) => labelOf(labels, key) === value) &&
    (requiredNodes === undefined || requiredNodes.some((term) => meetsTerm(labels, term)))
  );
}
