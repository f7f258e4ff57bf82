import { describe, expect, test } from 'vitest';
import { filesUnder, lineCount } from './product-files.js';

const sizes = filesUnder('src', /\.ts$/)
  .map((file) => ({ path: file.path, lines: lineCount(file) }))
  .sort((a, b) => a.lines - b.lines);

/** The size below which the given share of the files lies. */
function quantile(share: number): number {
  return sizes[Math.min(sizes.length - 1, Math.floor(share * sizes.length))].lines;
}

describe('file sizes in src', () => {
  test('the median file is under 90 lines', () => {
    expect(quantile(0.5)).toBeLessThan(90);
  });

  test('nine files in ten are under 220 lines', () => {
    expect(quantile(0.9)).toBeLessThan(220);
  });

  test('no file is over 300 lines', () => {
    expect(sizes.filter(({ lines }) => lines > 300)).toEqual([]);
  });
});
