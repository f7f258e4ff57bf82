/** Kinds that are looked into, and the API groups that they belong to: a Service of Knative is another thing. */
const groups: ReadonlyMap<string, RegExp> = new Map([
  ['Deployment', /^(apps|extensions)\//],
  ['StatefulSet', /^apps\//],
  ['ReplicaSet', /^(apps|extensions)\//],
  ['HorizontalPodAutoscaler', /^autoscaling\//],
  ['VerticalPodAutoscaler', /^autoscaling\.k8s\.io\//],
  ['ScaledObject', /^keda\.sh\//],
  ['NodePool', /^karpenter\.sh\//],
  ['PriorityClass', /^scheduling\.k8s\.io\//],
  ['Service', /^v1$/],
  ['PodDisruptionBudget', /^policy\//],
  ['ResourceQuota', /^v1$/],
  ['LimitRange', /^v1$/],
]);

/** Whether an object is looked into; one that leaves out its apiVersion is taken at its word. */
export function isKnownKind(kind: string, apiVersion: string): boolean {
  const group = groups.get(kind);
  return group !== undefined && (apiVersion === '' || group.test(apiVersion));
}
