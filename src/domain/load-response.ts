/**
 * A stretch of a response to load, in seconds.
 *
 * Of the engine: `scrape` until metrics were read after the beginning, `lag` until the engine could see them, `tick` until it decided on
 * them, `window` while rates that asked for too little reached back before the beginning, `metric` while metrics asked for too little
 * otherwise, `held` while enough was wanted, or nothing known, and a rule held it back. Of the floor: `order` until the pod was created,
 * `node`, `imagePull` and `crashLoopBackOff` while it waited for that, `placement` until it had its node, `start` until it was ready, and
 * `step` what the resolution of the series adds.
 */
export interface ResponseStep {
  readonly what:
    | 'scrape'
    | 'lag'
    | 'tick'
    | 'window'
    | 'metric'
    | 'held'
    | 'order'
    | 'node'
    | 'imagePull'
    | 'crashLoopBackOff'
    | 'placement'
    | 'start'
    | 'step';
  readonly seconds: number;
  /** Reason of the decisions that held it. */
  readonly reason?: string;
  /** The least and the most that metrics asked for meanwhile. */
  readonly asked?: { readonly least: number; readonly most: number };
}

/** A shortage that pods ended, from its beginning until enough were ready; the steps add up to `responseSeconds`. */
export interface LoadResponse {
  readonly workload: string;
  readonly fromSeconds: number;
  readonly responseSeconds: number;
  /** Replicas that it took. */
  readonly replicas: number;
  /** When so many were asked for. */
  readonly askedAtSeconds: number;
  /** Up to then, in order. */
  readonly engine: readonly ResponseStep[];
  /** From then on: of the pod that was ready last. */
  readonly floor: readonly ResponseStep[];
}
