/** What is wrong with a formula, or with what it was given, in words; never leaves this folder. */
export class FormulaFault extends Error {}
