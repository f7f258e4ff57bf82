import type { FaultSpec } from '../../domain/fault-spec.js';
import { type LinkKind, linkKinds, type NetworkSpec } from '../../domain/network-spec.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import type { Distribution } from '../../kernel/distributions.js';
import type { Scenario } from './scenario-schema.js';

const nothing: Distribution = { kind: 'constant', value: 0 };

/** The network of a scenario that says nothing of it. */
const none: Pick<NonNullable<Scenario['network']>, LinkKind | 'loss' | 'prices'> = {
  sameZone: nothing,
  crossZone: nothing,
  crossRegion: nothing,
  clients: nothing,
  internet: nothing,
  loss: 0,
};

/** Resolves the network; a world in which messages take no time, are not lost and cost nothing has none. */
export function resolveNetwork({ network }: Scenario, faults: readonly FaultSpec[]): Pick<WorldSpec, 'network'> {
  const { loss, prices = null, ...roundTrip } = network ?? none;
  const spec: NetworkSpec = { roundTrip, loss, prices };
  const neutral = loss === 0 && prices === null && linkKinds.every((kind) => takesNoTime(spec, kind));
  return neutral && !faults.some(({ kind }) => kind === 'network') ? {} : { network: spec };
}

function takesNoTime({ roundTrip }: NetworkSpec, link: LinkKind): boolean {
  const distribution = roundTrip[link];
  return distribution.kind === 'constant' && distribution.value === 0;
}
