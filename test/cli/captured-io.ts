import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliIo } from '../../src/cli/cli-io.js';
import { runCli } from '../../src/cli/run-cli.js';

/** What a command line did. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** An empty folder of its own for a test. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'hindcast-'));
}

/** Runs a command line in this process, as a user would in `cwd`. */
export async function hindcast(
  words: readonly string[],
  cwd: string,
  signal = new AbortController().signal,
  input = '',
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const heard = { out: '', err: '' };
  const io: CliIo = {
    out: (text) => void (heard.out += text),
    err: (text) => void (heard.err += text),
    standardInput: () => Promise.resolve(input),
    env: { HINDCAST_DATA: join(cwd, 'no-data'), ...env },
    cwd,
    interactive: false,
    signal,
    now: () => performance.now(),
    cpuSeconds: () => process.cpuUsage().user / 1e6,
    peakRssMiB: () => process.resourceUsage().maxRSS / 1024,
  };
  const code = await runCli(words, io);
  return { code, ...heard };
}
