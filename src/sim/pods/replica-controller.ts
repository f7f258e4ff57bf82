import type { Micros } from '../../kernel/micros.js';
import type { PodCreation } from './pod-creation.js';

/** Keeps as many replicas of one workload as were asked for: as pods, or on machines of their own. */
export interface ReplicaController {
  /** Replicas asked for. */
  readonly replicas: number;
  /** The run begins: from now on pods are created at a limited rate. */
  limit(creation: PodCreation): void;
  /** Another number of replicas is asked for. */
  setReplicas(replicas: number, now: Micros): void;
  /** So many replicas of each revision are asked for; must only be asked of those whose revisions are commanded. */
  setRevisions(replicas: Readonly<Record<string, number>>, now: Micros): void;
  /** Replaces what is missing. */
  reconcile(now: Micros): void;
}
