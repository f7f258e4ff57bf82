import type { Micros } from '../../../kernel/micros.js';
import { clusterInThought, placeWaiting } from '../node-scaling/cluster-in-thought.js';
import { aloneUntil, giveUpLostLaunches } from '../node-scaling/launch-watch.js';
import { PoolDrafts } from '../node-scaling/pool-drafts.js';
import type { ScalablePool, ScalingInput } from '../../ports/scaling-input.js';
import type { NodeScaler, ScalingProposal } from '../../ports/scaling-proposal.js';
import { Consolidator } from './consolidator.js';
import { provision } from './provision.js';
import type { KarpenterSettings } from './settings.js';

/**
 * Karpenter, each pool an offer: a type of machine in a zone, on demand or spot. A tick:
 *
 * 1. Nodes that did not come are given up, their offers left alone for a while; nodes that are too old go.
 * 2. Pods that fit on no node, also none on its way, are packed on new ones, each of the cheapest offer that holds its pods.
 * 3. Nodes that are empty, whose pods fit elsewhere, or whose pods fit on one cheaper node, are found, looked at again, and go.
 */
export class Karpenter implements NodeScaler {
  private readonly consolidator: Consolidator;
  /** Until when offers that gave nothing are left alone. */
  private readonly unavailable = new Map<string, { readonly until: number; readonly why: string }>();

  constructor(private readonly settings: KarpenterSettings) {
    this.consolidator = new Consolidator(settings);
  }

  /** One pass. */
  decide(given: ScalingInput): ScalingProposal {
    const drafts = new PoolDrafts(given);
    const lost = giveUpLostLaunches(given, this.settings.registrationTimeout, drafts);
    const until = given.now + this.settings.unavailableFor;
    for (const [pool, why] of lost.pools) this.unavailable.set(pool, { until, why });
    const gone = new Set([...lost.nodes, ...this.expire(given, drafts)]);
    const input = drafts.applyTo(given, gone);
    const thought = clusterInThought(input);
    const { rest, nominated } = placeWaiting(thought);
    const offers = this.offers(input, drafts);
    const unplaced = provision(thought.plan, rest, offers, drafts);
    const { plan } = thought;
    const going = this.consolidator.run({ input, plan, nominated, offers, lost: new Set(lost.pools.keys()), drafts });
    return { pools: drafts.finish(), cordon: [...going], unplaced };
  }

  /** Whatever their budgets: a node that is too old goes, and its pods get others. Where the pool has no node to spare, another of its own. */
  private expire({ now, nodes, pools }: ScalingInput, drafts: PoolDrafts): readonly string[] {
    const owned = new Set(pools.filter((pool) => pool.owned).map(({ name }) => name));
    const old = nodes.filter(({ pool, readyAt, leaving, launchedAt }) => {
      return owned.has(pool) && readyAt !== null && !leaving && this.isOld(launchedAt, now);
    });
    for (const { name, pool, launchedAt } of old) {
      const numbers = { node: name, ageSeconds: (now - launchedAt) / 1e6 };
      if (drafts.remove(pool, [name], 'expired', numbers).length === 0)
        drafts.replace(pool, [name], 'expired', numbers);
    }
    return old.map(({ name }) => name);
  }

  private isOld(launchedAt: Micros, now: Micros): boolean {
    const { expireAfter } = this.settings;
    return expireAfter !== null && now - launchedAt >= expireAfter;
  }

  private offers({ pools, now }: ScalingInput, drafts: PoolDrafts): readonly ScalablePool[] {
    return pools.filter(({ name }) => {
      const left = this.unavailable.get(name);
      if (left === undefined || left.until <= now) return true;
      drafts.note(name, 'unavailable', aloneUntil(left, now));
      return false;
    });
  }
}
