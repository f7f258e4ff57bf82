import { type Html, markup, joinHtml, trustedHtml } from '../format/html.js';

/** A column of a table: its heading and how its cells stand. */
export interface Column {
  readonly title: string;
  readonly kind: 'number' | 'words' | 'name';
}

const CLASSES: Readonly<Record<Column['kind'], Html>> = {
  number: trustedHtml('num'),
  words: trustedHtml('words'),
  name: trustedHtml('name'),
};

/** A table with a caption, in a frame that scrolls by itself where the screen is narrow; the first cell of a row is its heading. */
export function htmlTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (string | Html)[])[],
): Html {
  const head = columns.map(({ title, kind }) => markup`<th scope="col" class="${CLASSES[kind]}">${title}</th>`);
  const body = rows.map(
    (cells) =>
      markup`<tr>
        ${joinHtml(cells.map((cell, index) => tableCell(cell, columns[index], index)))}
      </tr>`,
  );
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${joinHtml(head)}
        </tr>
      </thead>
      <tbody>
        ${joinHtml(body)}
      </tbody>
    </table>
  </div>`;
}

function tableCell(content: string | Html, { kind }: Column, index: number): Html {
  return index === 0
    ? markup`<th scope="row" class="${CLASSES[kind]}">${content}</th>`
    : markup`<td class="${CLASSES[kind]}">${content}</td>`;
}
