import { createHash } from 'node:crypto';
import { InputError } from '../../domain/errors.js';
import { fileChunks } from '../file-chunks.js';
import { LineSplitter } from '../line-splitter.js';
import type { Trace } from '../trace.js';
import { LogPass } from './log-pass.js';
import type { LogTraceOptions } from './log-trace-options.js';
import type { RequestMatch } from './request-match.js';

/**
 * Reads an access log, plain or gzip, as a trace of requests by bins; `recorded` of the trace holds the fitted service time and the
 * mean size of a response where the log tells them.
 *
 * The file is streamed: memory depends on the time that the log spans, not on its size. Lines may stand out of order. Broken lines
 * are counted and named in the notes. Throws InputError, with the line, for a file that is no such log.
 */
export async function readAccessLog(path: string, options: LogTraceOptions): Promise<Trace> {
  const [trace] = await pass(path, options, [options.only ?? null]);
  if (trace !== null) return trace;
  throw new InputError(
    { source: path, path: 'only' },
    'must choose some of the requests, chose none',
    'Look at the paths and hosts of the log; a path is taken from its beginning, part by part.',
  );
}

/** Reads a log once for several choices of its requests: traces of the same length, null where nothing is chosen. Throws InputError as readAccessLog does. */
export async function readLogParts(
  path: string,
  options: LogTraceOptions,
  choices: readonly (readonly RequestMatch[])[],
): Promise<readonly (Trace | null)[]> {
  return pass(path, options, choices);
}

async function pass(
  path: string,
  options: LogTraceOptions,
  choices: readonly (readonly RequestMatch[] | null)[],
): Promise<readonly (Trace | null)[]> {
  const log = new LogPass(path, options, choices);
  const hash = createHash('sha256');
  const splitter = new LineSplitter((line, number) => log.accept(line, number));
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of fileChunks(path, hash)) {
    const text = decoder.decode(chunk, { stream: true });
    if (text.includes('\0'))
      throw new InputError(
        { source: path },
        'must be a text file, was binary',
        'Give the access log itself, plain or gzip.',
      );
    splitter.push(text);
  }
  splitter.push(decoder.decode());
  splitter.end();
  return log.traces(hash.digest('hex'));
}
