import type { BootSpec } from '../../domain/elastic-pool-spec.js';
import { sampler } from '../../kernel/distributions.js';
import { type Micros, micros } from '../../kernel/micros.js';
import type { Streams } from '../../kernel/streams.js';
import { PHASE } from '../../kernel/timeline.js';
import type { SimContext } from '../sim-context.js';
import type { Node } from './node.js';

/** Begins to bring up a node that is not there yet. */
export type BringUp = (node: Node) => void;

/**
 * How nodes come up: asked for -> provisioning, until the machine runs and is paid for -> booting -> baking -> `up`.
 *
 * Times are drawn by pool and node, and afresh where a node has to come up again. A node that is lost on the way never comes up.
 */
export function bringUpNodes(context: SimContext, streams: Streams, up: (node: Node, now: Micros) => void): BringUp {
  const { timeline } = context;
  return (node) => {
    const { provisioning, boot, bake = NOTHING } = node.pool.elastic ?? node.pool.joining ?? AT_ONCE;
    const random = streams.stream('boot', node.pool.name);
    const { returns, ordinal } = node;
    node.state = 'provisioning';
    const runs = micros(timeline.now + sampler(provisioning)(random, ordinal, 2 * returns));
    const booted = micros(runs + sampler(boot)(random, ordinal, 2 * returns + 1));
    const baked = micros(booted + sampler(bake)(streams.stream('bake', node.pool.name), ordinal, returns));
    timeline.at(runs, PHASE.world, (now) => {
      if (node.returns === returns) node.run(now);
    });
    timeline.at(baked, PHASE.world, (now) => {
      if (node.returns === returns) up(node, now);
    });
  };
}

const NOTHING = { kind: 'constant', value: 0 } as const;
const AT_ONCE: BootSpec = { provisioning: NOTHING, boot: NOTHING };
