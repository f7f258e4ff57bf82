import { z } from 'zod';
import { closest } from '../../domain/did-you-mean.js';
import type { CapacityShortage, FailedBoot } from '../../domain/fault-spec.js';
import { zDuration, zPositiveDuration, zShare } from '../../domain/quantity.js';
import type { NodePoolSpec } from '../../domain/world-spec.js';
import { micros } from '../../kernel/micros.js';
import type { SourceTree } from './source-tree.js';
import type { Path } from './tree.js';

const zName = z.string().min(1);

const machines = {
  type: zName.optional().meta({ description: 'Machines of this instance type, as aws/m5.large.' }),
  zone: zName.optional().meta({ description: 'Machines of this availability zone, as us-east-1a.' }),
  pool: zName
    .optional()
    .meta({ description: 'Machines of this pool of nodes; of all its types where it has several.' }),
  of: zName.optional().meta({ description: 'Machines of this workload, which has a group of its own.' }),
};

const isSaid = (written: MachineChoice): boolean =>
  [written.type, written.zone, written.pool, written.of].some((name) => name !== undefined);
const unsaid = {
  message: 'must say of which machines, as type: aws/m5.large, zone: us-east-1a, pool: general or of: web',
};

/** Which machines are not to be had, and how that shows. */
export const capacityShortageFields = z
  .strictObject({
    ...machines,
    answer: zDuration.prefault('2s').meta({ description: 'From a launch until the provider answers with the error.' }),
    retry: zPositiveDuration.prefault('1m').meta({
      description: 'From the error until the group of machines, which still wants it, asks again.',
    }),
  })
  .refine(isSaid, unsaid);

/** Which machines do not come up, and how many of them. */
export const failedBootFields = z
  .strictObject({
    ...machines,
    share: zShare
      .refine((value) => value > 0, { message: 'must be above 0%' })
      .prefault('100%')
      .meta({ description: 'Share of the machines that begin to run meanwhile.' }),
    replacedAfter: zPositiveDuration.optional().meta({
      description:
        "From when it runs until its own group finds it unhealthy and replaces it: 5m for machines of a workload's group, never for nodes, if left out.",
    }),
  })
  .refine(isSaid, unsaid);

/** Machines as written: all that is said must be true of them. */
interface MachineChoice {
  readonly type?: string | undefined;
  readonly zone?: string | undefined;
  readonly pool?: string | undefined;
  readonly of?: string | undefined;
}

/** A fault of the supply of machines, which are still names. */
export interface NamedSupplyFault extends Pick<CapacityShortage, 'at'> {
  readonly kind: 'namedSupply';
  readonly machines: MachineChoice;
  readonly fault: Omit<CapacityShortage, 'pools'> | Omit<FailedBoot, 'pools'>;
}

type When = Pick<CapacityShortage, 'at' | 'durationMicros'>;

/** The shortage as written. */
export function namedShortage(
  when: When,
  { answer, retry, ...written }: z.output<typeof capacityShortageFields>,
): NamedSupplyFault {
  const fault = { kind: 'capacityShortage', ...when, answerMicros: answer, retryMicros: retry } as const;
  return { kind: 'namedSupply', at: when.at, machines: written, fault };
}

/** The boots that fail, as written. */
export function namedFailedBoot(
  when: When,
  { share, replacedAfter, ...written }: z.output<typeof failedBootFields>,
): NamedSupplyFault {
  const fault = { kind: 'failedBoot', ...when, share, replacedAfterMicros: replacedAfter ?? null } as const;
  return { kind: 'namedSupply', at: when.at, machines: written, fault };
}

/** EC2 Auto Scaling's grace of a health check, as its console sets it: 300 s. */
const GROUP_GRACE = micros(300e6);

/**
 * Finds the pools of the machines meant; those of nodes and those of workloads' own groups may differ in what replaces a machine that does
 * not come up. Throws InputError where there are none.
 */
export function resolveSupplyFault(
  { machines: choice, fault }: NamedSupplyFault,
  pools: readonly NodePoolSpec[],
  tree: SourceTree,
  path: Path,
): readonly (CapacityShortage | FailedBoot)[] {
  const meant = pools.filter((pool) => isMeant(pool, choice));
  if (meant.length === 0) rejectStranger(choice, pools, tree, [...path, fault.kind]);
  if (fault.kind === 'capacityShortage') return [{ ...fault, pools: meant.map(({ name }) => name) }];
  const groups = meant.filter(({ workload }) => workload !== undefined);
  const nodes = meant.filter(({ workload }) => workload === undefined);
  const { replacedAfterMicros: given } = fault;
  return [
    { ...fault, pools: nodes.map(({ name }) => name) },
    { ...fault, pools: groups.map(({ name }) => name), replacedAfterMicros: given ?? GROUP_GRACE },
  ].filter((one) => one.pools.length > 0);
}

/** A section with several types has a pool for each, by its name and the type. */
function isMeant({ name, instanceType, zone, workload }: NodePoolSpec, choice: MachineChoice): boolean {
  return (
    [instanceType, undefined].includes(choice.type) &&
    [zone, undefined].includes(choice.zone) &&
    [workload, undefined].includes(choice.of) &&
    (choice.pool === undefined || name === choice.pool || name.startsWith(`${choice.pool}/`))
  );
}

function rejectStranger(
  { type, zone, pool, of }: MachineChoice,
  pools: readonly NodePoolSpec[],
  tree: SourceTree,
  path: Path,
): never {
  const unique = (names: readonly (string | undefined)[]) => [...new Set(names.filter((name) => name !== undefined))];
  const known = {
    'of type': [type, unique(pools.map(({ instanceType }) => instanceType))],
    'in zone': [zone, unique(pools.map((one) => one.zone))],
    'of pool': [pool, unique(pools.map(({ name }) => name))],
    'of workload': [of, unique(pools.map(({ workload }) => workload))],
  } as const;
  for (const [what, [name, names]] of Object.entries(known)) {
    if (
      name === undefined ||
      names.includes(name) ||
      (what === 'of pool' && names.some((one) => one.startsWith(`${name}/`)))
    )
      continue;
    const close = closest(name, names);
    const all = names.length === 0 ? 'The scenario has none.' : `Known are ${names.join(', ')}.`;
    const problem = `must be about machines of the scenario, was about those ${what} ${JSON.stringify(name)}`;
    tree.reject(path, problem, close === null ? all : `Did you mean ${close}?`);
  }
  return tree.reject(path, 'must be about machines of the scenario, and no pool is all that is said', 'Say less.');
}
