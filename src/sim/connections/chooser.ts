/** Whatever finds a station for an attempt: a front, or the connections that a client keeps to one. */
export interface Chooser {
  /** Index of the station, or -1 when there is none; `caller` is the station of the visit that calls, or -1 for a client outside. */
  choose(ordinal: number, salt: number, caller: number): number;
}
