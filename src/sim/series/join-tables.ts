import { Bug } from '../../domain/errors.js';
import type { SeriesTable } from '../../domain/run-result.js';

/**
 * Joins the tables of two planes: tables of one kind and entity become one table with the columns of both. There is one service, whatever
 * the planes call it; the first plane's name stands.
 *
 * @throws Bug where a column has not one entry a step.
 */
export function joinTables(
  first: readonly SeriesTable[],
  second: readonly SeriesTable[],
  steps: number,
): SeriesTable[] {
  const joined = new Map<string, SeriesTable>();
  for (const table of [...first, ...second]) {
    checkLength(table, steps);
    const key = table.kind === 'service' ? 'service' : `${table.kind}/${table.entity}`;
    const before = joined.get(key);
    joined.set(key, before === undefined ? table : { ...before, columns: { ...before.columns, ...table.columns } });
  }
  return [...joined.values()];
}

function checkLength(table: SeriesTable, steps: number): void {
  for (const [name, column] of Object.entries(table.columns)) {
    if (column.length === steps) continue;
    throw new Bug(`column ${name} of ${table.kind} ${table.entity} must have ${steps} entries, had ${column.length}`);
  }
}
