/** What is wrong with an expression, as the rest of a sentence that begins with it; caught where expressions are read and evaluated. */
export class QueryFault extends Error {}
