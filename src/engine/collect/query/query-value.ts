import type { Labels } from './labels.js';

/** One number of one series. */
export interface QueryElement {
  readonly labels: Labels;
  readonly value: number;
}

/** What an expression comes to at an instant. */
export type QueryValue = number | readonly QueryElement[];

/** The value as a number; series are no number. */
export function asScalar(value: QueryValue): number {
  return typeof value === 'number' ? value : NaN;
}

/** The value as series; a number is one without labels. */
export function asVector(value: QueryValue): readonly QueryElement[] {
  return typeof value === 'number' ? [{ labels: new Map(), value }] : value;
}
