import { sampler } from '../../kernel/distributions.js';
import { type Micros, micros } from '../../kernel/micros.js';
import type { Streams } from '../../kernel/streams.js';
import { PHASE } from '../../kernel/timeline.js';
import type { SimContext } from '../sim-context.js';
import type { Node } from './node.js';

/** Who has to know that there is one node more. */
interface Welcome {
  announce(node: Node, now: Micros): void;
  placeWaiting(now: Micros): void;
}

/** Begins to bring up a node that is not there yet. */
export type BringUp = (node: Node) => void;

/**
 * How nodes come up: asked for -> provisioning, until the machine runs and is paid for -> booting -> ready, when it takes pods.
 *
 * Times are drawn by pool and node, and afresh where a node has to come up again. A node that is lost on the way never becomes ready.
 */
export function bringUpNodes(context: SimContext, cluster: Welcome, streams: Streams): BringUp {
  const { timeline } = context;
  return (node) => {
    const { provisioning, boot } = node.pool.joining ?? { provisioning: NOTHING, boot: NOTHING };
    const random = streams.stream('boot', node.pool.name);
    const { returns, ordinal } = node;
    node.state = 'provisioning';
    const runs = micros(timeline.now + sampler(provisioning)(random, ordinal, 2 * returns));
    const ready = micros(runs + sampler(boot)(random, ordinal, 2 * returns + 1));
    timeline.at(runs, PHASE.world, (now) => {
      if (node.returns !== returns) return;
      node.state = 'booting';
      node.paidFrom ??= now;
    });
    timeline.at(ready, PHASE.world, (now) => {
      if (node.returns !== returns) return;
      node.join(now);
      cluster.announce(node, now);
      cluster.placeWaiting(now);
    });
  };
}

const NOTHING = { kind: 'constant', value: 0 } as const;
