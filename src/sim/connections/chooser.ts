import type { ClientSpec, TrafficSpec } from '../../domain/traffic-spec.js';

/** Whatever finds a station for an attempt: a front, or the connections that a client keeps to one. */
export interface Chooser {
  /** Index of the station, or -1 when there is none; `caller` is the station of the visit that calls, or -1 for a client outside. */
  choose(ordinal: number, salt: number, caller: number): number;
}

/** Says how each client finds a station. */
export interface ChooserSource {
  /** How requests from outside do. */
  outside(traffic: TrafficSpec): Chooser;
  /** How the calls of one workload, a position among the fronts, find a station of another workload or a dependency. */
  calling(caller: number, target: string, client: ClientSpec): Chooser;
}
