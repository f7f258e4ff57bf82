import { createHash } from 'node:crypto';
import { InputError } from '../domain/errors.js';
import { knownFormats } from './access-log/known-log-formats.js';
import type { LogFormat } from './access-log/log-format.js';
import { fileChunks } from './file-chunks.js';

/** As much of a file as decides what it is. */
const HEAD_CHARACTERS = 1 << 16;

/** What a file is: one of the known log formats, or another notation. */
export type DetectedFormat =
  { readonly kind: 'csv' } | { readonly kind: 'prometheus' } | { readonly kind: 'log'; readonly format: LogFormat };

/**
 * Tells what a file is by its beginning, never by its name: JSON by its bracket, an access log by at least half of its lines, and
 * CSV otherwise. Throws InputError as fileChunks does.
 */
export async function detectFormat(path: string): Promise<DetectedFormat> {
  const head = await headOf(path);
  if (/^\uFEFF?\s*[{[]/.test(head)) {
    if (isJsonLines(head)) throw jsonLines(path);
    return { kind: 'prometheus' };
  }
  const format = formatOfHead(head);
  if (format !== null) return { kind: 'log', format };
  const other = otherNotation(head);
  if (other === null) return { kind: 'csv' };
  throw new InputError(
    { source: path },
    `does not look like an access log, CSV or an answer of Prometheus; it looks like ${other}`,
    'Name the recording of the traffic; manifests go to --manifests, scenarios to hindcast run FILE.',
  );
}

/** The format of an access log by its beginning; null where it is none that is known. Throws InputError as fileChunks does. */
export async function detectLogFormat(path: string): Promise<LogFormat | null> {
  return formatOfHead(await headOf(path));
}

function formatOfHead(head: string): LogFormat | null {
  const lines = head.split(/\r?\n/).filter((line) => line.trim() !== '');
  return logFormatOf(head.length < HEAD_CHARACTERS ? lines : lines.slice(0, -1));
}

/** What a file is that is none of a recording's notations; null where it may be one. */
function otherNotation(head: string): string | null {
  if (head.includes('\u0000')) return 'a binary file';
  if (head.length === HEAD_CHARACTERS && !head.includes('\n'))
    return `a line of more than ${HEAD_CHARACTERS} characters`;
  const [first = ''] = head.split(/\r?\n/).filter((line) => !/^\s*(#.*)?$/.test(line));
  if (/^\s*<(!doctype|html|\?xml)/i.test(first)) return 'HTML or XML';
  if (/^(---\s*|[A-Za-z_$][\w-]*:(\s+[^,;]*)?)$/.test(first)) return 'YAML';
  return first === '' || /[,;\t]/.test(first)
    ? null
    : `lines of plain text, the first being ${JSON.stringify(first.slice(0, 60))}`;
}

/** A JSON object a line, as structured logs have it; several answers of Prometheus may stand so as well. */
function isJsonLines(head: string): boolean {
  const [first, second = ''] = head.trimStart().split(/\r?\n/);
  return /^\{.*\}$/.test(first) && /^\{/.test(second) && !/"resultType"|"status": *"(success|error)"/.test(first);
}

function jsonLines(path: string): InputError {
  return new InputError(
    { source: path, line: 1 },
    'must be an access log, CSV or an answer of Prometheus, was a JSON object a line',
    `Write its fields as an access log, for instance with jq -r '"[\\(.time)] \\"\\(.method) \\(.path) HTTP/1.1\\" \\(.status) \\(.bytes) \\(.request_time)"', and read that with --log-format '[$time_iso8601] "$request" $status $body_bytes_sent $request_time'.`,
  );
}

/** The log format, the one that reads most from a line first, in which at least half of the lines are written; null where none is. */
function logFormatOf(lines: readonly string[]): LogFormat | null {
  const half = Math.max(1, lines.length / 2);
  return knownFormats.find(({ pattern }) => lines.filter((line) => pattern.test(line)).length >= half) ?? null;
}

async function headOf(path: string): Promise<string> {
  const decoder = new TextDecoder('utf-8');
  let head = '';
  for await (const chunk of fileChunks(path, createHash('sha256'))) {
    head += decoder.decode(chunk, { stream: true });
    if (head.length >= HEAD_CHARACTERS) break;
  }
  return head.slice(0, HEAD_CHARACTERS);
}
