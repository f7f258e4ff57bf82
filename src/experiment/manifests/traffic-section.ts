import { stringify } from 'yaml';
import type { Entry } from './entry-workload.js';
import type { Field, Leaf, Section, Sequence } from './draft.js';
import { field, guessed, known, section, sequence, unknown } from './draft-parts.js';
import type { ImportOptions, SuppliedText, SuppliedTrace } from './import-options.js';
import type { DraftedWorkload } from './workload-section.js';

/** The `traffic` section: what is supplied, shared out or to the workload that the outside reaches, or a placeholder for every workload. */
export function trafficSection(
  workloads: readonly DraftedWorkload[],
  entry: Entry,
  { trace, parts, traffic }: ImportOptions,
): Sequence {
  if (parts !== undefined)
    return sequence(parts.map((part) => source(known(part.to, part.origin), traced(part.trace))));
  const to = targetLeaf(entry);
  if (trace !== undefined) return sequence([source(to, traced(trace))]);
  if (traffic !== undefined) return sequence([source(to, [field('generate', suppliedLeaf(traffic))])]);
  return sequence(workloads.map((workload) => source(reached(workload), [field('generate', placeholder(workload))])));
}

/** The workload that supplied traffic goes to. */
function targetLeaf({ plan, why, candidates }: Entry): Leaf {
  if (candidates.length === 0) return known(plan.name, why);
  return guessed(plan.name, {
    topic: 'target',
    why: `all traffic goes to ${plan.name}, since ${why}; candidates: ${candidates.join(', ')}`,
    measure: 'the Service behind the server that wrote the recording; choose with --to NAME',
  });
}

function reached({ plan }: DraftedWorkload): Leaf {
  const door = plan.doors.at(0);
  return known(plan.name, door === undefined ? '' : `${door.place} Service ${door.name}`);
}

function source(to: Leaf, load: readonly Field[]): Section {
  const clients = unknown(
    {
      topic: 'clients',
      why: 'callers wait for ever and never try again',
      measure: 'the time-outs and retries that client, ingress and mesh are configured with',
    },
    'client: { timeout: 2s, retries: { max: 1, budget: 10% } }',
  );
  return section([field('to', to), ...load, clients]);
}

function traced({ path, fields, origin, responseBytes }: SuppliedTrace): readonly Field[] {
  const further = Object.entries(fields ?? {}).map(([key, value]) => field(key, known(flow(value), '')));
  const trace = field('trace', section([field('file', known(flow(path), origin)), ...further]));
  if (responseBytes === undefined) return [trace];
  const all = `[{ name: all, share: 100%, response: ${Math.round(responseBytes)}B }]`;
  return [field('classes', known(all, 'mean of the log')), trace];
}

function suppliedLeaf({ text, origin }: SuppliedText) {
  return known(text, origin);
}

function placeholder({ suitableRate }: DraftedWorkload): Section {
  const rate = guessed(`${suitableRate}/s`, {
    topic: 'traffic',
    why: 'a placeholder that suits the pods of the start, and twice as much from the 20th minute on',
    measure: 'a trace of requests, as hindcast import --trace FILE takes it',
  });
  const crowd = known('{ at: 20m, ramp: 5m, magnitude: 2x, plateau: 10m, decay: 5m }', 'part of the placeholder');
  return section([field('constant', rate), field('flashCrowd', crowd)]);
}

function flow(value: unknown): string {
  return stringify(value, { lineWidth: 0, collectionStyle: 'flow' }).trim();
}
