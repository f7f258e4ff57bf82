/**
 * Offered load over time, constant inside each bin: what a trace reader or a generator yields and the traffic source consumes.
 *
 * `edgesMicros` has one entry more than `ratePerSecond`; bin i spans [edgesMicros[i], edgesMicros[i + 1]).
 * Edges are strictly increasing whole microseconds counted from the start of the run; rates are finite and not negative.
 */
export interface RateSeries {
  readonly edgesMicros: Float64Array;
  readonly ratePerSecond: Float64Array;
}
