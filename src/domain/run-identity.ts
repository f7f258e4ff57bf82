/** What a run is: the same identity gives the same journal, byte for byte, on one Node major version. */
export interface RunIdentity {
  readonly scenario: string;
  readonly scenarioHash: string;
  readonly traceHashes: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly catalogueHash: string;
  readonly modelHashes: Readonly<Record<string, string>>;
  readonly pluginHashes: Readonly<Record<string, string>>;
  /** TensorFlow.js backend, or 'none' where no model runs. */
  readonly backend: string;
  readonly version: string;
}
