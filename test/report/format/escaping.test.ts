import { describe, expect, test } from 'vitest';
import { markup, scriptJson, trustedHtml } from '../../../src/report/format/html.js';
import { escapeMarkdown, markdownCode } from '../../../src/report/format/markdown-text.js';

const hostile = `</script><script>alert("x")</script>' onload=\`y\` & | a_b*c* [l](u)`;

describe('escaping', () => {
  test('what is put into HTML stays text, in content and in attributes of either quotes', () => {
    const { text } = markup`"${hostile}" '${hostile}'`;
    expect(text).not.toMatch(/[<>`]/);
    expect(text.match(/"/g)).toHaveLength(2);
    expect(text.match(/'/g)).toHaveLength(2);
    expect(text).not.toMatch(/&(?!#\d+;)/);
  });

  test('what is vouched for goes in as it is, also in lists', () => {
    expect(markup`<b>${[trustedHtml('<i>1</i>'), markup`<i>${'<'}</i>`]}</b>`.text).toBe(
      '<b><i>1</i>\n<i>&#60;</i></b>',
    );
  });

  test('JSON inside a script element cannot end it and reads back unchanged', () => {
    const text = scriptJson({ hostile, comment: '<!--\u2028' });
    expect(text).not.toContain('<');
    expect(text).not.toContain('\u2028');
    expect(JSON.parse(text)).toEqual({ hostile, comment: '<!--\u2028' });
  });

  test('Markdown has no markup, no table border and no mention left', () => {
    const text = escapeMarkdown(`${hostile} @someone fixes #12\nnext`);
    expect(text).not.toMatch(/[<](?!!-- -->)/);
    expect(text).not.toMatch(/(?<!\\)[|*_`[]/);
    expect(text).not.toMatch(/@someone|#12/);
    expect(text).not.toContain('\n');
  });

  test('code in Markdown survives backticks and borders', () => {
    expect(markdownCode('a `b` | c')).toBe('`` a `b` \\| c ``');
    expect(markdownCode('p99 < 400')).toBe('`p99 < 400`');
  });
});
