import type { ImagePullSpec, ImageSpec } from '../../domain/image-spec.js';
import { type Micros, micros } from '../../kernel/micros.js';
import { PHASE, type Timeline } from '../../kernel/timeline.js';
import type { Transfers } from './transfers.js';

interface Pull {
  readonly image: ImageSpec;
  readonly done: (now: Micros) => void;
}

/**
 * The images of one node, and its kubelet's pulls: first come first served, so many at a time.
 *
 * A pull asks the registry what the image is, then transfers it unless the node has it by then; where another pull of the same image is
 * under way, it waits for that one. An image stays for ever: nothing is collected.
 * Source: Kubernetes, pkg/kubelet/images/puller.go; containerd fetches a layer once, whoever asks.
 */
export class NodePuller {
  private readonly present = new Set<string>();
  private readonly waiting: Pull[] = [];
  private readonly fetching = new Map<string, Pull[]>();
  private busy = 0;
  /** Grows when the node dies, so that what it was about to do does not happen. */
  private life = 0;

  constructor(
    private readonly timeline: Timeline,
    private readonly transfers: Transfers,
    private readonly spec: Pick<ImagePullSpec, 'parallel' | 'resolveMicros'>,
  ) {}

  /** Whether a container of the image can start without a pull. */
  has(image: ImageSpec): boolean {
    return image.policy === 'IfNotPresent' && this.holds(image);
  }

  /** The node has the image from now on. */
  keep(image: ImageSpec): void {
    this.present.add(image.name);
  }

  /** Pulls an image; `done` is called when a container of it can start. */
  pull(image: ImageSpec, done: (now: Micros) => void): void {
    this.waiting.push({ image, done });
    this.next();
  }

  /** The node dies: its pulls are broken off, what it has whole it keeps. */
  die(): void {
    this.life += 1;
    this.waiting.length = 0;
    this.fetching.clear();
    this.busy = 0;
    this.transfers.breakOff(this);
  }

  private holds({ name, prepulled }: ImageSpec): boolean {
    return prepulled || this.present.has(name);
  }

  private next(): void {
    while (this.busy < this.spec.parallel) {
      const pull = this.waiting.shift();
      if (pull === undefined) return;
      this.busy += 1;
      this.resolve(pull);
    }
  }

  private resolve(pull: Pull): void {
    const { life, timeline } = this;
    timeline.at(micros(timeline.now + this.spec.resolveMicros), PHASE.world, (now) => {
      if (this.life === life) this.fetch(pull, now);
    });
  }

  private fetch(pull: Pull, now: Micros): void {
    const { image } = pull;
    const others = this.fetching.get(image.name);
    if (this.holds(image)) this.finish([pull], now);
    else if (others !== undefined) others.push(pull);
    else {
      const pulls = [pull];
      this.fetching.set(image.name, pulls);
      this.transfers.begin(this, image.sizeMiB, (at) => {
        this.keep(image);
        this.fetching.delete(image.name);
        this.finish(pulls, at);
      });
    }
  }

  private finish(pulls: readonly Pull[], now: Micros): void {
    this.busy -= pulls.length;
    for (const { done } of pulls) done(now);
    this.next();
  }
}
