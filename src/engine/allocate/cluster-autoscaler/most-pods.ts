import { type Expander, leastBy } from './expansion-option.js';

/** The options that make room for the most pods. */
export const mostPods: Expander = (options) => leastBy(options, ({ pods }) => -pods.length);
