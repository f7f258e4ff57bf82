import { z } from 'zod';
import { zDuration, zTimes } from '../domain/quantity.js';
import { zRequestMatch } from './access-log/request-match.js';
import { zoneMicros } from './stamp-reader.js';
import { traceFormatNames } from './trace-format.js';

const column = z.union([z.string().min(1), z.number().int().min(1)]);
const aboveZero = { message: 'must be above 0' };

/** How users write a recorded trace: a file or a name of the catalogue, how to read it, and the part to play. Unknown keys are errors. */
export const traceSchema = z
  .strictObject({
    file: z.string().min(1).optional().meta({
      description:
        'Path of a recording, plain or gzip, relative to the file that names it: CSV, access log or query_range JSON.',
    }),
    name: z.string().min(1).optional().meta({ description: 'Name of a known trace, as worldcup98-a.' }),
    format: z
      .enum(traceFormatNames)
      .optional()
      .meta({ description: 'Notation of the file; recognised from its content if left out.' }),
    logFormat: z.string().min(1).optional().meta({
      description:
        "Format of an access log, as nginx' log_format: '$remote_addr [$time_local] \"$request\" $status $request_time'.",
    }),
    only: z.array(zRequestMatch).min(1).optional().meta({
      description:
        'Requests of an access log that are meant, by host, path or upstream: those that fit one entry; all if left out.',
    }),
    labels: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: 'Labels that a series of Prometheus must have; those that have them are added up.' }),
    counter: z.boolean().optional().meta({
      description: 'Whether series of Prometheus only ever grow and are read as rates; recognised if left out.',
    }),
    unit: z.enum(['requests', 'requests/s', 'level']).optional().meta({
      description: 'What a value counts: requests in its bin, requests per second, or the level of something else.',
    }),
    columns: z
      .strictObject({
        time: column.optional().meta({ description: 'Column of the time, by name or number from 1.' }),
        value: column.optional().meta({ description: 'Column of the value, by name or number from 1.' }),
      })
      .optional()
      .meta({ description: 'Columns of a file; recognised by their usual names if left out.' }),
    separator: z
      .enum([',', ';', '\t'])
      .optional()
      .meta({ description: 'Separator of a file; recognised if left out.' }),
    timestamps: z
      .enum(['s', 'ms', 'us', 'ns'])
      .optional()
      .meta({ description: 'Unit of times written as numbers; recognised by their size if left out.' }),
    zone: z
      .string()
      .refine((zone) => zoneMicros(zone) !== null, { message: 'must be a zone as +02:00 or Z' })
      .optional()
      .meta({ description: 'Zone of dates that name none, as +02:00; UTC if left out.' }),
    bin: zDuration
      .refine((value) => value > 0, aboveZero)
      .optional()
      .meta({ description: 'Length of a bin; the median step if left out.' }),
    gaps: z
      .enum(['zero', 'hold', 'interpolate', 'error'])
      .default('interpolate')
      .meta({ description: 'What stands in missing bins.' }),
    from: zDuration.optional().meta({ description: 'Where in the trace the run starts.' }),
    length: zDuration
      .refine((value) => value > 0, aboveZero)
      .optional()
      .meta({ description: 'How much of it is played; all if left out.' }),
    scale: z
      .union([z.number(), zTimes])
      .refine((value) => value > 0, aboveZero)
      .default(1)
      .meta({ description: 'Factor on every rate, as 2x.' }),
    repeat: z
      .number()
      .int()
      .min(1)
      .default(1)
      .meta({ description: 'How often the part is played, one after the other.' }),
  })
  .refine((spec) => (spec.file === undefined) !== (spec.name === undefined), {
    message: 'must give either file or name, and not both',
  })
  .meta({ description: 'Recorded traffic.' });

/** A recorded trace as written, units resolved. */
export type TraceSpec = z.output<typeof traceSchema>;
