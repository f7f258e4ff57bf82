/** An endpoint that a balancer may choose, with its weight (1 is ordinary, 0 gets nothing new). */
export interface Endpoint {
  /** Index of its station. */
  readonly station: number;
  readonly weight: number;
  /** Factor on its share of what is new while it starts slowly; absent means 1. */
  readonly ramp?: number;
  /** The zone whose callers it is for, where somebody has said so; null or absent means none. */
  readonly zone?: string | null;
}

/** An endpoint's share of what is new, before loads are looked at. */
export function shareOf({ weight, ramp }: Endpoint): number {
  return ramp === undefined ? weight : weight * ramp;
}

/** Chooses an endpoint for each attempt. */
export interface Balancer {
  /** Replaces the endpoints. */
  route(endpoints: readonly Endpoint[]): void;
  /**
   * Index of the station for an attempt, or -1 when there is no endpoint. Draws are keyed by the request's ordinal and a salt of hop and attempt;
   * `caller` is the station that calls, or -1 (as if left out) for a client outside.
   */
  pick(ordinal: number, salt: number, caller?: number): number;
  /** Is told whenever the visits on board of a station have changed. */
  loadChanged(station: number): void;
}
