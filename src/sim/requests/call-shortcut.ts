/** What may spare a visit the making of a call: a cache that knows the answer, or a queue that takes the work. */
export interface CallShortcut {
  /** Is asked once for a call of the visit at a station, by the request's ordinal and the call's key: true when it need not be made. */
  spares(station: number, ordinal: number, key: number): boolean;
}
