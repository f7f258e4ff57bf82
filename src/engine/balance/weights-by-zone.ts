import { z } from 'zod';
import { sameSplit } from '../../domain/balance/traffic-split.js';
import { zShare } from '../../domain/quantity.js';
import type { BalanceInput, BalancePolicyDefinition, BalanceProposal } from '../ports/balance-policy.js';
import { endpointsOf } from './endpoints-of.js';
import { zoneAllocations, type ZoneAllocation, type ZoneObstacle } from './zone-allocations.js';
import { hintsHold, type ZonedEndpoint, zoneHints } from './zone-hints.js';

/**
 * Endpoints for the callers of each zone, in proportion to the CPU of its nodes, so that traffic stays where it begins as far as no endpoint
 * gets more than a threshold too much. Where that cannot be, all callers choose among all endpoints.
 *
 * Source: Kubernetes, topology aware routing (EndpointSlice hints). It looks at no load: callers that are spread otherwise than CPU overload a zone.
 */
export const weightsByZone: BalancePolicyDefinition = {
  name: 'weights-by-zone',
  description:
    "Endpoints for each zone's callers in proportion to the CPU of its nodes, as Kubernetes' topology aware routing.",
  schema: z.strictObject({
    overloadThreshold: zShare.prefault('20%').meta({
      description: 'How much more than its share an endpoint may get before zones are given up.',
    }),
  }),
  commands: () => ({ split: 'zone' }),
  create(config) {
    const { overloadThreshold } = zSettings.parse(config);
    return { decide: (input) => decide(input, overloadThreshold) };
  },
};

const zSettings = z.object({ overloadThreshold: z.number() });

function decide({ pods, zones, split }: BalanceInput, overloadThreshold: number): BalanceProposal {
  const endpoints = endpointsOf(pods).map(({ view, zone }) => ({ name: view.name, zone }));
  const zoned = endpoints.filter((one): one is ZonedEndpoint => one.zone !== null && zones.has(one.zone));
  const ordered = new Map([...zones].sort(([a], [b]) => (a < b ? -1 : 1)));
  const allocations = zoneAllocations(ordered, endpoints.length, overloadThreshold);
  const numbers = { endpoints: endpoints.length, zones: zones.size, overloadThreshold };
  if (typeof allocations === 'string') return unhinted(split, allocations, numbers);
  if (zoned.length < endpoints.length) return unhinted(split, 'no-zone', numbers);
  const kept = split?.by === 'zone' && hintsHold(split.hints, zoned, allocations);
  const next = kept ? split : { by: 'zone' as const, hints: zoneHints(zoned, allocations) };
  return {
    split: next,
    revisions: null,
    rules: [...allocations].map(([zone, allocation]) => ruleOf(zone, allocation, next.hints)),
    reason: sameSplit(split, next) ? 'balanced' : 'rebalanced',
  };
}

/** Hints that there are, are taken away: every caller chooses among all. */
function unhinted(
  split: BalanceInput['split'],
  reason: ZoneObstacle | 'no-zone',
  numbers: Readonly<Record<string, number>>,
): BalanceProposal {
  const hinted = split?.by === 'zone' && Object.keys(split.hints).length > 0;
  return {
    split: hinted ? { by: 'zone', hints: {} } : null,
    revisions: null,
    rules: [{ rule: reason, numbers }],
    reason,
  };
}

function ruleOf(zone: string, { desired, minimum }: ZoneAllocation, hints: Readonly<Record<string, string>>) {
  const endpoints = Object.values(hints).filter((hint) => hint === zone).length;
  return { rule: 'zone-share', numbers: { zone, endpoints, share: Math.round(desired * 100) / 100, minimum } };
}
