/** Everything a command may touch of the process it runs in, so that a test can run it in its own. */
export interface CliIo {
  /** Standard output: what was asked for. */
  out(text: string): void;
  /** Standard error: progress, warnings and errors. */
  err(text: string): void;
  /** All of standard input, as text. */
  standardInput(): Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Directory that relative paths start from. */
  readonly cwd: string;
  /** Whether a person watches standard error. */
  readonly interactive: boolean;
  /** Is aborted when the user interrupts. */
  readonly signal: AbortSignal;
  /** Wall clock in milliseconds. */
  now(): number;
  /** CPU time of the process so far, in seconds. */
  cpuSeconds(): number;
  peakRssMiB(): number;
}
