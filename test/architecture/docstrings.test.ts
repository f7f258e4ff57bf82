import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { filesUnder } from './product-files.js';
import type { ProductFile } from './product-files.js';

type Declaration =
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.VariableStatement
  | ts.ModuleDeclaration;

function isDeclaration(node: ts.Node): node is Declaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isVariableStatement(node) ||
    ts.isModuleDeclaration(node)
  );
}

function namesOf(declaration: Declaration): string[] {
  if (ts.isVariableStatement(declaration)) {
    return declaration.declarationList.declarations.map(({ name }) => name.getText());
  }
  return [declaration.name?.getText() ?? 'default'];
}

/** Names listed in `export { a, b as c }` without `from`: declared here, exported by the list. */
function listedExports(parsed: ts.SourceFile): ReadonlySet<string> {
  const lists = parsed.statements.filter(
    (statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier === undefined,
  );
  return new Set(
    lists.flatMap((list) => {
      const clause = ts.isExportDeclaration(list) ? list.exportClause : undefined;
      if (clause === undefined || !ts.isNamedExports(clause)) return [];
      return clause.elements.map((element) => (element.propertyName ?? element.name).text);
    }),
  );
}

/** A docstring stands on the line directly above (or at the end of the line before) and says something. */
function hasDocstring(declaration: Declaration, parsed: ts.SourceFile): boolean {
  const last = ts.getLeadingCommentRanges(parsed.text, declaration.getFullStart())?.at(-1);
  if (last === undefined) return false;
  const comment = parsed.text.slice(last.pos, last.end);
  const lineOf = (position: number): number => parsed.getLineAndCharacterOfPosition(position).line;
  const adjacent = lineOf(declaration.getStart()) - lineOf(last.end) === 1;
  return comment.startsWith('/**') && adjacent && comment.replace(/[*/\s]/g, '').length >= 10;
}

/** Exports of a file that lack a docstring, as `path:line name`. Overloads share the docstring of the first. */
function undocumented(file: ProductFile): string[] {
  const parsed = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true);
  const listed = listedExports(parsed);
  const documented = new Set<string>();
  const missing: string[] = [];
  for (const statement of parsed.statements) {
    if (!isDeclaration(statement)) continue;
    const exported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
    const names = namesOf(statement);
    if (!exported && !names.some((name) => listed.has(name))) continue;
    const overload = ts.isFunctionDeclaration(statement) && names.every((name) => documented.has(name));
    const line = parsed.getLineAndCharacterOfPosition(statement.getStart()).line + 1;
    if (overload || hasDocstring(statement, parsed)) names.forEach((name) => documented.add(name));
    else missing.push(`${file.path}:${line} ${names.join(', ')}`);
  }
  return missing;
}

describe('docstrings', () => {
  test('every export in src has a docstring', () => {
    expect(filesUnder('src', /\.ts$/).flatMap(undocumented)).toEqual([]);
  });

  test.each([
    ['export const a = 1;', 'a'],
    ['export function a(): void {}', 'a'],
    ['export class A {}', 'A'],
    ['export interface A {}', 'A'],
    ['export type A = 1;', 'A'],
    ['// A line comment is none.\nexport type A = 1;', 'A'],
    ['/* A plain block is none. */\nexport type A = 1;', 'A'],
    ['/** */\nexport type A = 1;', 'A'],
    ['/** Too far away from it. */\n\nexport type A = 1;', 'A'],
    ['/** Something else in between. */\nconst b = 1;\nexport const a = b;', 'a'],
    ['const a = 1;\nexport { a };', 'a'],
  ])('a missing docstring is found in `%s`', (text, name) => {
    const found = undocumented({ path: 'x.ts', text });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(` ${name}$`));
  });

  test.each([
    '/** The number of pods. */\nexport const pods = 1;',
    '/**\n * The number of pods.\n */\nexport function pods(): void {}',
    '/** Rounds to whole pods. */\nexport function f(a: 1): 1;\nexport function f(a: 2): 2;\nexport function f(a: number): number {\n  return a;\n}',
    "export { other } from './other.js';",
    'const inner = 1;\nvoid inner;',
  ])('`%s` is documented well enough', (text) => {
    expect(undocumented({ path: 'x.ts', text })).toEqual([]);
  });
});
