import { z } from 'zod';
import type { Decision } from '../domain/decision.js';
import { InputError } from '../domain/errors.js';
import { micros } from '../kernel/micros.js';
import { zBalanceDecision, zVerticalDecision } from './decision-parts-schema.js';

const zRule = z.object({
  rule: z.string(),
  before: z.number(),
  after: z.number(),
  numbers: z.record(z.string(), z.union([z.number(), z.string()])),
});

const zMicros = z.number().transform((value) => micros(value));

const zReading = z.object({
  name: z.string(),
  value: z.number().nullable(),
  target: z.number(),
  unit: z.string(),
  proposal: z.number().nullable(),
  invalid: z.string().nullable(),
  age: z.object({ sampledAt: zMicros, lagMicros: zMicros, windowMicros: zMicros }).optional(),
  missing: z.object({ done: z.enum(['fail', 'hold', 'ignore', 'zero', 'last']), why: z.string() }).optional(),
});

const zStage = z.object({
  stage: z.enum(['collect', 'predict', 'horizontal', 'vertical', 'cost', 'allocate', 'balance']),
  status: z.enum(['ran', 'neutral', 'failed']),
  note: z.string(),
});

const zLine = z.object({
  seq: z.number(),
  decision: z.object({
    at: z.number().transform((at) => micros(at)),
    workload: z.string(),
    counts: z.enum(['nodes', 'instances']).optional(),
    policy: z.string(),
    from: z.number(),
    rawDesired: z.number().nullable(),
    desired: z.number(),
    direction: z.enum(['up', 'down', 'hold']),
    reason: z.string(),
    winner: z.string().nullable(),
    metrics: z.array(zReading),
    rules: z.array(zRule),
    dataAgeSeconds: z.number().nullable(),
    forecast: z.object({ model: z.string(), abstained: z.string().nullable(), confidence: z.number().nullable() }),
    stages: z.array(zStage),
    vertical: zVerticalDecision.optional(),
    balance: zBalanceDecision.optional(),
  }),
});

/** Whether a line of a journal is a decision, told without reading it whole. */
export function isDecisionLine(line: string): boolean {
  return /^\{"seq":\d+,"decision":/.test(line);
}

/** Reads a decision back from its line of a journal; throws InputError where it is none. */
export function readDecision(line: string, source: string, number: number): Decision {
  const read = zLine.safeParse(parsed(line));
  if (read.success) return read.data.decision;
  throw new InputError(
    { source, line: number },
    'must be a decision of a journal',
    'Was the file cut off, or written by another version?',
  );
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
