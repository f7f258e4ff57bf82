import type { Expander, ExpansionOption } from './expansion-option.js';

/**
 * One option by expanders in turn, each judging what the one before it left; what is left after the last is drawn among.
 *
 * `draw` gives a whole number below its argument. Null where nothing is left.
 */
export function chooseOption(
  options: readonly ExpansionOption[],
  expanders: readonly Expander[],
  draw: (below: number) => number,
): ExpansionOption | null {
  let left = options;
  for (const expander of expanders) {
    left = expander(left);
    if (left.length <= 1) break;
  }
  if (left.length === 0) return null;
  return left[left.length === 1 ? 0 : draw(left.length)];
}
