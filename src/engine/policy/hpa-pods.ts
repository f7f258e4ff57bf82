import type { EngineWorkload } from '../../domain/engine-config.js';
import type { PodView } from '../../domain/observation.js';
import type { PodResources } from '../../domain/pod-resources.js';
import type { HpaPod, PodTemplate } from './hpa/hpa-input.js';

const BYTES_PER_MIB = 2 ** 20;

/** Shows pods as the algorithm knows them; worked out anew only when one of them has changed. */
export class HpaPods {
  private readonly template: PodTemplate;
  private views: readonly PodView[] = [];
  private pods: readonly HpaPod[] = [];

  constructor(private readonly workload: EngineWorkload) {
    this.template = templateOf(workload.name, workload);
  }

  /** The same list for the same list. */
  of(views: readonly PodView[]): readonly HpaPod[] {
    if (views !== this.views) {
      this.views = views;
      const { name } = this.workload;
      this.pods = views.map((view) =>
        toHpaPod(view, view.resources === undefined ? this.template : templateOf(name, view.resources)),
      );
    }
    return this.pods;
  }
}

function templateOf(
  name: string,
  { cpuRequestMillis, memoryRequestMiB }: Pick<PodResources, 'cpuRequestMillis' | 'memoryRequestMiB'>,
): PodTemplate {
  const memory = memoryRequestMiB === null ? null : Math.round(memoryRequestMiB * BYTES_PER_MIB) * 1000;
  return {
    containers: [{ name, requestMilli: { cpu: cpuRequestMillis, memory } }],
    initContainers: [],
    podRequestMilli: null,
  };
}

function toHpaPod(view: PodView, template: PodTemplate): HpaPod {
  const { name, started, terminating, scheduledAt, ready, readyChangedAt } = view;
  return {
    name,
    phase: started ? 'Running' : 'Pending',
    deleting: terminating,
    startedAt: scheduledAt,
    ready:
      ready === null || readyChangedAt === null
        ? null
        : { status: ready ? 'True' : 'False', changedAt: readyChangedAt },
    template,
  };
}
