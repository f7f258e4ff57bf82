import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CsvSplitter } from '../../src/traces/csv-splitter.js';

const field = fc.string({ unit: fc.constantFrom('a', '1', '"', ',', '\n', ' ', 'é'), maxLength: 6 });
const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

it('reads back any table that is quoted as RFC 4180 says, however the text is cut into pieces', () => {
  fc.assert(
    fc.property(
      table,
      fc.array(fc.nat(40), { maxLength: 20 }),
      fc.constantFrom('\n', '\r\n'),
      (rows, cuts, lineBreak) => {
        const text = rows.map((row) => row.map(quoted).join(',')).join(lineBreak);
        const read: (readonly string[])[] = [];
        const splitter = new CsvSplitter('table.csv', ',', (fields) => read.push(fields));
        let at = 0;
        for (const cut of cuts) {
          splitter.push(text.slice(at, at + cut));
          at += cut;
        }
        splitter.push(text.slice(at));
        splitter.end();
        expect(read).toEqual(rows.map((row) => row.map((cell) => cell.trim())));
      },
    ),
    { seed: 7, numRuns: 300 },
  );
});

it('names the line on which a record starts', () => {
  const lines: number[] = [];
  const splitter = new CsvSplitter('lines.csv', null, (_, line) => lines.push(line));
  splitter.push('a,b\n"x\ny",1\n\nz,2');
  splitter.end();
  expect(lines).toEqual([1, 2, 5]);
});
