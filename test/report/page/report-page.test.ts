import { describe, expect, test } from 'vitest';
import { reportPage } from '../../../src/report/page/report-page.js';
import { syntheticReport } from '../fixtures/synthetic-report.js';

const page = (options: Parameters<typeof syntheticReport>[0], libraries: readonly string[] = []) =>
  reportPage(syntheticReport({ stepSeconds: 600, ...options }), {}, libraries);

describe('the page as text', () => {
  test('asks for nothing from outside and forbids it', () => {
    const text = page({});
    expect(text).toContain('default-src &#39;none&#39;');
    expect(text.match(/<(?:link|img|iframe|script|object)[^>]*(?:src|href)="(?!data:)/g)).toBeNull();
  });

  test('hostile names stay text everywhere', () => {
    const name = `</script><script>alert("1")</script>'"><img src=x onerror=alert(2)>`;
    const text = page({ name, workload: name, question: name });
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('<img');
    const outsideScripts = text.replace(/<script[^>]*>[^<]*<\/script>/g, '');
    expect(outsideScripts).not.toContain('onerror=alert(2)>');
    const plain = page({});
    expect(text.match(/<\/?script/g)?.length).toBe(plain.match(/<\/?script/g)?.length);
  });

  test('a library cannot end its own element nor ask for its map', () => {
    const text = page({}, ['var a="</script>";var b="<!--";\n//# sourceMappingURL=a.js.map\n']);
    expect(text).toContain('var a="<\\/script>";var b="<\\!--";');
    expect(text).not.toContain('sourceMappingURL');
  });

  test('a line without a single value is named below the title, and has no place in the legend', () => {
    const report = syntheticReport({ stepSeconds: 600 });
    const tables = report.series.tables.map((table) =>
      table.entity === 'web'
        ? {
            ...table,
            columns: { ...table.columns, capacityPerSecond: new Float64Array(report.series.steps).fill(NaN) },
          }
        : table,
    );
    const text = reportPage({ ...report, series: { ...report.series, tables } }, {}, []);
    expect(text).toContain('Without a value all the time: capacity of ready pods.');
    expect(text.match(/data-line="capacity of ready pods"/g)).toHaveLength(1);
    expect(page({}).match(/data-line="capacity of ready pods"/g)).toHaveLength(2);
  });

  test('every table has a caption, every heading level follows from the one above', () => {
    const text = page({});
    expect(text.match(/<table/g)?.length).toBe(text.match(/<caption/g)?.length);
    const levels = [...text.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    levels.slice(1).forEach((level, index) => expect(level - levels[index]).toBeLessThanOrEqual(1));
  });

  test('what is guessed, defaulted and measured is said in words, and how to make the run again', () => {
    const text = page({});
    for (const word of ['guessed', 'defaulted', 'measured']) expect(text).toContain(`">${word}</span>`);
    expect(text).toContain('hindcast run flash-sale --seed 7');
    expect(text).toContain('b6d767d2f8ed5d21a44b0e5886680cb9');
  });
});
