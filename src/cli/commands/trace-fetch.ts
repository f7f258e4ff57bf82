import { join } from 'node:path';
import { closest } from '../../domain/did-you-mean.js';
import { InputError } from '../../domain/errors.js';
import type { PublicTrace } from '../../traces/public/public-traces.js';
import type { CliIo } from '../cli-io.js';
import { cacheDirectory, dataDirectory } from '../data-directory.js';
import { EXIT } from '../exit-code.js';
import { progressLine } from '../progress-line.js';
import { UsageError } from '../usage-error.js';
import type { TraceOptions } from './trace-options.js';

/** `hindcast trace fetch`: a public trace from its publisher into the data folder, checked to the last byte. */
export async function traceFetch({ file: name, list, json }: TraceOptions, io: CliIo): Promise<number> {
  const { publicTraces, addressOf, placeOf } = await import('../../traces/public/public-traces.js');
  const mirror = given(io.env.HINDCAST_TRACE_MIRROR);
  const described = [...publicTraces.values()].map((trace) => ({ ...trace, address: addressOf(trace, mirror) }));
  if (list) {
    io.out(json ? `${JSON.stringify({ traces: described }, null, 2)}\n` : described.map(lines).join(''));
    return EXIT.ok;
  }
  if (name === undefined)
    throw new UsageError('A name is missing after hindcast trace fetch.\n  See hindcast trace fetch --list.');
  const wanted = publicTraces.get(name);
  if (wanted === undefined) throw unknown(name, [...publicTraces.keys()]);
  const path = join(given(io.env.HINDCAST_DATA) ?? cacheDirectory(io), ...placeOf(wanted));
  const address = addressOf(wanted, mirror);
  const outcome = await load(wanted, address, path, io);
  if (json)
    io.out(
      `${JSON.stringify({ name, path, address, sha256: wanted.sha256, bytes: wanted.bytes, licence: wanted.licence, outcome }, null, 2)}\n`,
    );
  else io.out(told(wanted, path, outcome, io));
  return EXIT.ok;
}

async function load(
  { bytes, sha256, name }: PublicTrace,
  address: string,
  path: string,
  io: CliIo,
): Promise<'fetched' | 'present'> {
  const { download } = await import('../../traces/public/download.js');
  const progress = await progressLine(io, name, true);
  try {
    return await download({
      address,
      path,
      bytes,
      sha256,
      fetch,
      signal: io.signal,
      onProgress: (share) => progress.update(share),
    });
  } finally {
    progress.stop();
  }
}

function told({ name, bytes, licence }: PublicTrace, path: string, outcome: 'fetched' | 'present', io: CliIo): string {
  const verb = outcome === 'fetched' ? 'fetched' : 'was here already';
  const elsewhere = dataDirectory(io) !== null && !path.startsWith(dataDirectory(io) ?? '');
  return (
    `${name} ${verb}: ${bytes} bytes, SHA-256 as pinned, licence ${licence}.\n  ${path}\n` +
    (elsewhere
      ? `  Point HINDCAST_DATA at ${cacheDirectory(io)} to use it.\n`
      : `  Use it: trace: { name: ${name} }, or hindcast trace inspect ${name}\n`)
  );
}

function lines({ name, bytes, licence, address }: PublicTrace & { readonly address: string }): string {
  return `${name}  ${Math.ceil(bytes / 1000)} kB, ${licence}\n  ${address}\n`;
}

function unknown(name: string, known: readonly string[]): InputError {
  const meant = closest(name, known);
  return new InputError(
    { source: 'trace fetch' },
    `must be a trace that can be fetched, was ${JSON.stringify(name)}`,
    meant === null ? `These can: ${known.join(', ')}.` : `Did you mean ${meant}?`,
  );
}

function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
