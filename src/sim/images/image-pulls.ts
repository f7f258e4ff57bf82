import type { ImagePullSpec, ImageSpec } from '../../domain/image-spec.js';
import type { Micros } from '../../kernel/micros.js';
import type { Timeline } from '../../kernel/timeline.js';
import type { Node } from '../nodes/node.js';
import type { Pod } from '../pods/pod.js';
import { NodePuller } from './node-puller.js';
import { Transfers } from './transfers.js';

/**
 * Images on their way to nodes. Before the run nothing takes time: a node on which an initial pod was placed has its image.
 *
 * On a platform without nodes every pod has a place of its own that has nothing, as with AWS Fargate.
 */
export class ImagePulls {
  private readonly places = new Map<Node | Pod, NodePuller>();
  private readonly transfers: Transfers;
  private begun = false;

  constructor(
    private readonly timeline: Timeline,
    private readonly spec: ImagePullSpec,
  ) {
    this.transfers = new Transfers(timeline, spec);
  }

  /** The run begins. */
  begin(): void {
    this.begun = true;
  }

  /** Whether a bound pod's container can start at once; if not, its image is pulled and `done` is called when it can. */
  ready(pod: Pod, image: ImageSpec, done: (now: Micros) => void): boolean {
    const place = this.placeOf(pod);
    if (!this.begun) place.keep(image);
    if (!this.begun || place.has(image)) return true;
    place.pull(image, done);
    return false;
  }

  /** A node dies, and its pulls with it. */
  nodeDied(node: Node): void {
    this.places.get(node)?.die();
  }

  private placeOf(pod: Pod): NodePuller {
    const key = pod.node ?? pod;
    const place = this.places.get(key) ?? new NodePuller(this.timeline, this.transfers, this.spec);
    this.places.set(key, place);
    return place;
  }
}
