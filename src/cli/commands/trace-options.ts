import type { TraceFormat } from '../../traces/trace-format.js';
import type { TraceUnit } from '../../traces/trace.js';

/** The words of `hindcast trace`. */
export interface TraceOptions {
  readonly action: 'inspect' | 'fit' | 'fetch';
  readonly file: string | undefined;
  readonly format: TraceFormat | undefined;
  readonly 'log-format': string | undefined;
  readonly label: readonly string[] | undefined;
  readonly counter: boolean | undefined;
  readonly unit: TraceUnit | undefined;
  readonly picture: string | undefined;
  readonly list: boolean;
  readonly json: boolean;
}
