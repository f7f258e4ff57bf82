import type { VectorCase } from './vector-file.js';

/** Runs one case and tells every difference from what it expects; empty when there is none. */
export type Judge = (vector: VectorCase) => readonly string[];
