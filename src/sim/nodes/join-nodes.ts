import type { CapacityShortage } from '../../domain/fault-spec.js';
import type { BootSpec } from '../../domain/elastic-pool-spec.js';
import { sampler } from '../../kernel/distributions.js';
import { type Micros, micros } from '../../kernel/micros.js';
import type { Streams } from '../../kernel/streams.js';
import { PHASE } from '../../kernel/timeline.js';
import type { SimContext } from '../sim-context.js';
import type { MachineSupply } from './machine-supply.js';
import type { Node } from './node.js';

/** Begins to bring up a node that is not there yet. */
export type BringUp = (node: Node) => void;

/** Who is told what became of a node that was to come up. */
export interface Arrivals {
  up(node: Node, now: Micros): void;
  /** The provider has no such machine. */
  refused(node: Node, shortage: CapacityShortage, now: Micros): void;
  /** It runs, will never come up, and is found to be unhealthy. */
  unhealthy(node: Node, now: Micros): void;
}

/**
 * How nodes come up: asked for -> provisioning, until the machine runs and is paid for -> booting -> baking -> `up`; or the provider
 * refuses, or the machine never comes up.
 *
 * Times are drawn by pool and node, and afresh where a node has to come up again. A node that is lost on the way never comes up.
 */
export function bringUpNodes(context: SimContext, streams: Streams, supply: MachineSupply, told: Arrivals): BringUp {
  const { timeline } = context;
  return (node) => {
    const { provisioning, boot, bake = NOTHING } = node.pool.elastic ?? node.pool.joining ?? AT_ONCE;
    const random = streams.stream('boot', node.pool.name);
    const { returns, ordinal } = node;
    const later = (at: Micros, action: (now: Micros) => void): void => {
      timeline.at(at, PHASE.world, (now) => {
        if (node.returns === returns) action(now);
      });
    };
    node.state = 'provisioning';
    const shortage = supply.shortage(node.pool.name, timeline.now);
    if (shortage !== null) {
      later(micros(timeline.now + shortage.answerMicros), (now) => {
        supply.note(node, 'refused', now);
        told.refused(node, shortage, now);
      });
      return;
    }
    const runs = micros(timeline.now + sampler(provisioning)(random, ordinal, 2 * returns));
    const booted = micros(runs + sampler(boot)(random, ordinal, 2 * returns + 1));
    const baked = micros(booted + sampler(bake)(streams.stream('bake', node.pool.name), ordinal, returns));
    const broken = supply.failedBoot(node, runs);
    later(runs, (now) => {
      node.run(now);
      if (broken !== null) supply.note(node, 'neverUp', now);
    });
    if (broken === null) later(baked, (now) => told.up(node, now));
    else if (broken.replacedAfterMicros !== null)
      later(micros(runs + broken.replacedAfterMicros), (now) => told.unhealthy(node, now));
  };
}

const NOTHING = { kind: 'constant', value: 0 } as const;
const AT_ONCE: BootSpec = { provisioning: NOTHING, boot: NOTHING };
