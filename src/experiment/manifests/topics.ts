/** How much an unknown moves the answer. */
export type Severity = 'decides' | 'matters' | 'minor';

/** What manifests may leave open, most important first: how much it moves the answer, and how headings call it. */
export const topics = {
  target: { severity: 'decides', title: 'Where the traffic goes' },
  serviceTime: { severity: 'decides', title: 'CPU time of a request' },
  traffic: { severity: 'decides', title: 'Traffic' },
  scaling: { severity: 'decides', title: 'What the autoscaler looks at' },
  request: { severity: 'decides', title: 'CPU and memory that a pod asks for' },
  cores: { severity: 'decides', title: 'CPU that a pod may use' },
  startUp: { severity: 'matters', title: 'Start-up time of a pod' },
  nodes: { severity: 'matters', title: 'Nodes' },
  objective: { severity: 'matters', title: 'Objective' },
  dependencies: { severity: 'matters', title: 'Calls to other workloads, databases and third parties' },
  memory: { severity: 'matters', title: 'Memory in use' },
  serving: { severity: 'matters', title: 'Requests served at once' },
  replicas: { severity: 'minor', title: 'Replicas at the start' },
  readiness: { severity: 'minor', title: 'Readiness' },
  clients: { severity: 'minor', title: 'Patience of callers' },
} as const satisfies Record<string, { readonly severity: Severity; readonly title: string }>;

/** A thing that manifests may leave open. */
export type Topic = keyof typeof topics;
