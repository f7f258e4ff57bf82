import type { BlockSampler, Sampler } from '../../kernel/distributions.js';
import type { KeyedRandom } from '../../kernel/random.js';

/** A distribution with the stream its draws come from. */
export interface Draw {
  readonly sample: Sampler;
  /** The same for many ordinals at once. */
  readonly fill: BlockSampler;
  readonly random: KeyedRandom;
}
