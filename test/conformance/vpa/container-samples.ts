import { z } from 'zod';
import { ContainerUsage } from '../../../src/engine/vertical/vpa/container-usage.js';
import { DecayingHistogram } from '../../../src/engine/vertical/vpa/decaying-histogram.js';
import { exponentialBuckets } from '../../../src/engine/vertical/vpa/exponential-buckets.js';
import { UsageAggregate } from '../../../src/engine/vertical/vpa/usage-aggregate.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';

const zOperation = z.strictObject({
  op: z.enum(['addCpu', 'add', 'subtract']),
  value: z.number(),
  weight: z.number(),
  time: z.number(),
});

const zCase = z.looseObject({
  input: z.looseObject({
    bumpUpRatio: z.number(),
    minBumpUpBytes: z.number(),
    memoryAggregationIntervalSeconds: z.number(),
    events: z.array(
      z.discriminatedUnion('type', [
        z.looseObject({ type: z.literal('cpuSample'), time: z.number(), millicores: z.number() }),
        z.looseObject({ type: z.literal('memorySample'), time: z.number(), bytes: z.number() }),
        z.looseObject({ type: z.literal('oom'), time: z.number(), requestedBytes: z.number() }),
      ]),
    ),
  }),
  expect: z.strictObject({
    steps: z.array(z.looseObject({ accepted: z.boolean(), histogramOps: z.array(zOperation) })),
  }),
});

type Operation = z.output<typeof zOperation>;

/** The product's histogram, which also writes down what it is told. */
class WrittenDown extends DecayingHistogram {
  constructor(
    private readonly names: { readonly add: Operation['op']; readonly subtract: Operation['op'] },
    private readonly told: Operation[],
  ) {
    super(exponentialBuckets({ maxValue: 1e12, firstSize: 0.01, ratio: 1.05 }, 1e-4), 86_400e6);
  }

  override add(value: number, weight: number, at: number): void {
    this.told.push({ op: this.names.add, value, weight, time: at / 1e6 });
    super.add(value, weight, at);
  }

  override subtract(value: number, weight: number, at: number): void {
    this.told.push({ op: this.names.subtract, value, weight, time: at / 1e6 });
    super.subtract(value, weight, at);
  }
}

/** What samples and out-of-memory kills of one container do to the histograms. */
export const judgeContainerSamples: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const told: Operation[] = [];
  const cpu = new WrittenDown({ add: 'addCpu', subtract: 'subtract' }, told);
  const memory = new WrittenDown({ add: 'add', subtract: 'subtract' }, told);
  const rules = {
    aggregationMicros: input.memoryAggregationIntervalSeconds * 1e6,
    oomBumpUpRatio: input.bumpUpRatio,
    oomMinBumpUpBytes: input.minBumpUpBytes,
  };
  const container = new ContainerUsage(rules, new UsageAggregate(cpu, memory));
  const take = (event: (typeof input.events)[number]): boolean => {
    const at = event.time * 1e6;
    if (event.type === 'cpuSample') return container.addCpu(event.millicores, at);
    if (event.type === 'memorySample') return container.addMemory(event.bytes, at);
    return container.recordOom(event.requestedBytes, at);
  };
  const steps = input.events.map((event) => {
    const accepted = take(event);
    return { accepted, histogramOps: told.splice(0) };
  });
  return [
    ...expectEqual('number of steps', steps.length, expect.steps.length),
    ...steps.flatMap((step, index) => expectEqual(`step ${index}`, step, pick(expect.steps[index]))),
  ];
};

function pick({ accepted, histogramOps }: { readonly accepted: boolean; readonly histogramOps: readonly Operation[] }) {
  return { accepted, histogramOps };
}
