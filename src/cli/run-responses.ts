import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { LoadResponse } from '../domain/load-response.js';

const zStep = z.object({
  what: z.enum([
    'scrape',
    'lag',
    'tick',
    'window',
    'metric',
    'held',
    'order',
    'node',
    'imagePull',
    'crashLoopBackOff',
    'placement',
    'start',
    'step',
  ]),
  seconds: z.number(),
  reason: z.string().optional(),
  asked: z.object({ least: z.number(), most: z.number() }).optional(),
});

const zResponses = z.object({
  scaling: z.object({
    responses: z.array(
      z.object({
        workload: z.string(),
        fromSeconds: z.number(),
        responseSeconds: z.number(),
        replicas: z.number(),
        askedAtSeconds: z.number(),
        engine: z.array(zStep),
        floor: z.array(zStep),
      }),
    ),
  }),
});

/** The responses to load that the result beside a journal tells of, in the order of their times; none without such a result. */
export async function runResponses(folder: string | null): Promise<readonly LoadResponse[]> {
  const file = folder === null ? null : join(folder, 'result.json');
  if (file === null || !existsSync(file)) return [];
  const read = zResponses.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!read.success) return [];
  return [...read.data.scaling.responses].sort((a, b) => a.fromSeconds - b.fromSeconds);
}
