import { z } from 'zod';
import { closest } from '../../domain/did-you-mean.js';
import type { NetworkEnd, NetworkFault } from '../../domain/fault-spec.js';
import { zDuration, zShare } from '../../domain/quantity.js';
import type { SourceTree } from './source-tree.js';
import type { Path } from './tree.js';

const zPlace = z.string().min(1).meta({ description: 'clients, a zone, a workload or a dependency.' });

/** What is disturbed, and how. */
export const networkFaultFields = z
  .strictObject({
    between: z.tuple([zPlace, zPlace]).optional().meta({ description: 'Two places, messages both ways.' }),
    from: zPlace.optional(),
    to: zPlace.optional(),
    delay: zDuration.prefault('0ms').meta({
      description: 'Added to the round trip: half each way, or all of it on the way from one to the other.',
    }),
    loss: zShare.prefault('0%').meta({ description: 'Chance that a message is lost; 100% lets nothing through.' }),
  })
  .refine(
    ({ between, from, to }) =>
      between === undefined ? from !== undefined && to !== undefined : (from ?? to) === undefined,
    {
      message: 'must say between which two places, as between: [web, db], or from where to where, as from: web, to: db',
    },
  )
  .refine(({ delay, loss }) => delay > 0 || loss > 0, { message: 'must have a delay or a loss' });

/** A fault of the network whose ends are still names. */
export interface NamedNetworkFault extends Omit<NetworkFault, 'kind' | 'from' | 'to'> {
  readonly kind: 'namedNetwork';
  readonly from: string;
  readonly to: string;
}

/** The fault as written, its ends by name. */
export function namedNetworkFault(
  when: Pick<NetworkFault, 'at' | 'durationMicros'>,
  { between, from = '', to = '', delay, loss }: z.output<typeof networkFaultFields>,
): NamedNetworkFault {
  const ends = between === undefined ? { from, to } : { from: between[0], to: between[1] };
  return { kind: 'namedNetwork', ...when, ...ends, bothWays: between !== undefined, delayMicros: delay, loss };
}

/** Names that the ends of a way may have. */
export interface KnownEnds {
  readonly zones: readonly string[];
  readonly workloads: readonly string[];
  readonly dependencies: readonly string[];
}

/** Finds what the names mean. Throws InputError where one means nothing. */
export function resolveNetworkFault(
  fault: NamedNetworkFault,
  known: KnownEnds,
  tree: SourceTree,
  path: Path,
): NetworkFault {
  const end = (name: string): NetworkEnd => {
    if (name === 'clients') return { kind: 'clients' };
    if (known.workloads.includes(name)) return { kind: 'workload', name };
    if (known.dependencies.includes(name)) return { kind: 'dependency', name };
    if (known.zones.includes(name)) return { kind: 'zone', name };
    const names = ['clients', ...known.zones, ...known.workloads, ...known.dependencies];
    const meant = closest(name, names);
    return tree.reject(
      [...path, 'network'],
      `must be between places of the scenario, was with ${JSON.stringify(name)}`,
      meant === null ? `Known are ${names.join(', ')}.` : `Did you mean ${meant}?`,
    );
  };
  return { ...fault, kind: 'network', from: end(fault.from), to: end(fault.to) };
}
