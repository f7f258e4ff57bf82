import { Bug, InputError, WorldError } from '../domain/errors.js';
import type { CliIo } from './cli-io.js';
import { EXIT } from './exit-code.js';
import { UsageError } from './usage-error.js';

/** Prints an error as one message and answers with the exit code; a stack only for bugs of ours, and only with --debug. */
export function showError(error: unknown, io: CliIo, debug: boolean): number {
  if (io.signal.aborted) {
    io.err('Interrupted; nothing was written.\n');
    return EXIT.interrupted;
  }
  if (error instanceof InputError || error instanceof UsageError) {
    io.err(`${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof WorldError) {
    io.err(`${error.message}\n`);
    return EXIT.failed;
  }
  const message = error instanceof Error ? error.message : String(error);
  io.err(`${error instanceof Bug ? 'Broken invariant' : 'Unexpected failure'}: ${message}\n`);
  if (debug && error instanceof Error) io.err(`${error.stack ?? ''}\n`);
  else
    io.err(
      '  This is a bug of Hindcast. Please report it with the scenario and the output of the same command with --debug.\n',
    );
  return EXIT.failed;
}
