import { type Expander, leastBy } from './expansion-option.js';

/** The options with the fewest new nodes, but at least one. */
export const leastNodes: Expander = (options) =>
  leastBy(
    options.filter(({ nodeCount }) => nodeCount > 0),
    ({ nodeCount }) => nodeCount,
  );
