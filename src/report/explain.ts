/** Decisions as prose: the one place from which the command line and the page take it. */
export { actsOnTraffic } from './explain/balance-sentences.js';
export { explainDecision } from './explain/explain-decision.js';
export { explainResponse } from './explain/explain-response.js';
export { explainRange } from './explain/explain-range.js';
export { type Clock, formatClock, utcClock } from './format/clock.js';
