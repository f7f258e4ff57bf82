import { z } from 'zod';
import { zDistribution } from '../../domain/distribution-schema.js';
import { zShare } from '../../domain/quantity.js';

const bytes: Readonly<Record<string, number>> = { GB: 1e9, GiB: 2 ** 30 };

/** A price of traffic, as `$0.01/GB`, in USD a byte. */
const zTrafficPrice = z
  .string()
  .transform((text, context) => {
    const match = /^\$?(\d+(?:\.\d+)?)\s*\/\s*(GB|GiB)$/.exec(text.trim());
    if (match !== null) return Number(match[1]) / bytes[match[2]];
    context.addIssue({
      code: 'custom',
      message: `must be a price of traffic in USD, as $0.01/GB, was ${JSON.stringify(text)}`,
    });
    return z.NEVER;
  })
  .meta({ description: 'a price of traffic in USD, as $0.01/GB' });

/**
 * Prices of traffic. The defaults are AWS' list prices in us-east-1 (Amazon EC2 On-Demand Pricing, Data Transfer, 2025): $0.01/GB in each direction between
 * zones, $0.02/GB to most other regions, $0.09/GB to the internet for the first 10 TB a month.
 */
const pricesSchema = z
  .strictObject({
    crossZone: zTrafficPrice
      .prefault('$0.01/GB')
      .meta({ description: 'Between zones of a region; both ends pay it, so that a gigabyte costs twice as much.' }),
    crossRegion: zTrafficPrice
      .prefault('$0.02/GB')
      .meta({ description: 'To another region; the end that sends pays.' }),
    internet: zTrafficPrice
      .prefault('$0.09/GB')
      .meta({ description: 'To clients and other hosts on the internet; what comes in is free.' }),
  })
  .meta({ description: "Prices of traffic; AWS' list prices in us-east-1 where they are left out." });

/** The network between places. */
export const networkSchema = z
  .strictObject({
    sameZone: zDistribution
      .prefault('0ms')
      .meta({ description: 'Round trip within a zone, and with everything whose zone nobody said.' }),
    crossZone: zDistribution.prefault('0ms').meta({ description: 'Round trip between zones of a region.' }),
    crossRegion: zDistribution.prefault('0ms').meta({ description: 'Round trip between regions.' }),
    clients: zDistribution
      .prefault('0ms')
      .meta({ description: 'Round trip between clients outside and the balancer.' }),
    internet: zDistribution
      .prefault('0ms')
      .meta({ description: 'Round trip between pods and dependencies on the internet.' }),
    loss: zShare
      .refine((value) => value < 1, { message: 'must be below 100%' })
      .prefault('0%')
      .meta({ description: 'Chance that a message is lost; it is sent again after 200ms, then after twice as long.' }),
    prices: pricesSchema.optional(),
  })
  .optional()
  .meta({ description: 'Round-trip times, losses and prices between places; if left out messages take no time.' });
