import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { DOCUMENT, tableIn, withTable } from './tour-document.js';
import type { TourRow } from './tour-row.js';
import { isPart, partNames, partTable, type TourPart } from './tour-tables.js';

/** Parts that run at once. */
const AT_ONCE = 2;

const child = fileURLToPath(new URL('part-child.ts', import.meta.url));
const run = promisify(execFile);

async function rowsOf(part: TourPart, seeds: string | undefined): Promise<readonly TourRow[]> {
  const args = ['--import', 'tsx', child, part, ...(seeds === undefined ? [] : ['--seeds', seeds])];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 1e8 });
  return JSON.parse(stdout) as TourRow[];
}

/** The longest part first, so that both processes end at about the same time. */
async function allRows(
  parts: readonly TourPart[],
  seeds: string | undefined,
): Promise<ReadonlyMap<TourPart, readonly TourRow[]>> {
  const waiting = [...parts].sort((a, b) => Number(b.startsWith('day')) - Number(a.startsWith('day')));
  const found = new Map<TourPart, readonly TourRow[]>();
  const worker = async (): Promise<void> => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      found.set(part, await rowsOf(part, seeds));
      process.stderr.write(`${part}: done\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found;
}

/**
 * `npm run policies [-- --only PART] [--seeds N] [--json] [--write] [--check]`: every horizontal policy through every part of the tour, as tables in
 * Markdown or one document of JSON; `--write` puts the tables into docs/policies.md, `--check` fails where
 * those there are others.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      seeds: { type: 'string' },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
    },
  });
  const unknown = values.only.find((word) => !isPart(word));
  if (unknown !== undefined) {
    process.stderr.write(`--only must be one of ${partNames.join(', ')}, was ${unknown}\n`);
    process.exitCode = 2;
    return;
  }
  const parts = values.only.length === 0 ? partNames : partNames.filter((part) => values.only.includes(part));
  const rows = await allRows(parts, values.seeds);
  const of = (part: TourPart): readonly TourRow[] => rows.get(part) ?? [];
  if (values.json) {
    const document = { parts: Object.fromEntries(parts.map((part) => [part, of(part)])) };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    for (const part of parts) process.stdout.write(`\n### ${part}\n\n${partTable(part, of(part))}\n`);
  }
  const document = readFileSync(DOCUMENT, 'utf8');
  const stale = parts.filter((part) => tableIn(document, part) !== partTable(part, of(part)));
  if (values.check && stale.length > 0) {
    process.stderr.write(
      `${DOCUMENT} has other tables of ${stale.join(', ')}; npm run policies -- --write renews them\n`,
    );
    process.exitCode = 1;
  }
  if (!values.write) return;
  const written = parts.reduce(
    (text, part) => withTable(text, part, partTable(part, of(part))),
    readFileSync(DOCUMENT, 'utf8'),
  );
  writeFileSync(DOCUMENT, written);
}

await main();
