/** Breaks a text at its blanks into lines of at most `width` characters, each after `lead`, those after the first indented by two. */
export function wrap(text: string, lead: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = lead;
  let isFresh = true;
  for (const word of text.split(/\s+/)) {
    if (!isFresh && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${lead}  `;
      isFresh = true;
    }
    line += isFresh ? word : ` ${word}`;
    isFresh = false;
  }
  return [...lines, line];
}
