import { type LogPart, logVariables, spacious } from './log-variables.js';

/** Text between quotes, in which a backslash takes the next letter with it; a loop within a loop, since an alternation a letter is slow. */
const quoted = String.raw`[^"\\]*(?:\\.[^"\\]*)*`;

/** The regular expression of a format, without its ends, and the groups of its parts. */
export interface FormatPattern {
  readonly pattern: string;
  readonly groups: Readonly<Partial<Record<LogPart, number>>>;
}

/** Compiles text and `$variables` into a regular expression; the first of several variables that tell the same counts. */
export function formatPattern(text: string): FormatPattern {
  const groups: Partial<Record<LogPart, number>> = {};
  let pattern = '';
  let captured = 0;
  // Pieces alternate: text, name of a variable, text, ...
  const pieces = text.split(/\$\{?(\w+)\}?/);
  for (let i = 1; i < pieces.length; i += 2) {
    const part = logVariables[pieces[i]]?.part ?? null;
    const looks = patternOf(pieces[i], pieces[i - 1], pieces[i + 1]);
    const capture = part !== null && groups[part] === undefined;
    if (capture) {
      captured += 1;
      groups[part] = captured;
    }
    pattern += `${escaped(pieces[i - 1])}(${capture ? '' : '?:'}${looks})`;
  }
  return { pattern: pattern + escaped(pieces[pieces.length - 1].trimEnd()), groups };
}

/** What a variable may look like, given the text on both sides: without a form of its own, anything that the next text does not begin with. */
function patternOf(name: string, before: string, after: string): string {
  const own = Object.hasOwn(logVariables, name) ? logVariables[name].pattern : null;
  if (own !== null) return own;
  if (before.endsWith('"') && after.startsWith('"')) return quoted;
  if (after === '' || spacious.test(name)) return '.*?';
  return `[^${escapedInClass(after[0])}]*`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

function escapedInClass(letter: string): string {
  return letter.replace(/[\\\]^-]/, String.raw`\$&`);
}
