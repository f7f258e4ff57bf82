import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CliIo } from './cli-io.js';

/** Where known traces lie: HINDCAST_DATA, else ../shared/data beside the project, else the user's cache folder; null where none exists. */
export function dataDirectory(io: Pick<CliIo, 'env'>): string | null {
  const given = io.env.HINDCAST_DATA;
  if (given !== undefined && given !== '') return given;
  const beside = fileURLToPath(new URL('../../../shared/data', import.meta.url));
  return [beside, cacheDirectory(io)].find((path) => existsSync(path)) ?? null;
}

/** The user's cache folder, whether it exists or not. */
export function cacheDirectory(io: Pick<CliIo, 'env'>): string {
  return join(io.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hindcast');
}
