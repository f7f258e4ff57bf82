import type { ElasticPoolSpec, WarmPoolSpec } from '../../domain/elastic-pool-spec.js';
import { formatDuration } from './format-duration.js';
import type { MachineSection } from './machine-schema.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';
import type { Path } from './tree.js';

/** USD for a GiB of a gp3 volume and month of 730 hours. Source: https://aws.amazon.com/ebs/pricing/, us-east-1, 2026-07. */
const GIB_MONTH = 0.08;
const MONTH_HOURS = 730;

/** Resolves what makes the number of a pool's machines change. Throws InputError where it is not said how long they take to come up. */
export function resolveElastic(
  section: MachineSection,
  { min, max }: { readonly min: number; readonly max: number },
  { duration }: Pick<Scenario, 'duration'>,
  { tree, path }: { readonly tree: SourceTree; readonly path: Path },
): ElasticPoolSpec {
  const { provisioning, boot, bake, warmPool, refresh } = section;
  if (boot === undefined) {
    return tree.reject(
      [...path, 'boot'],
      'must be given, was missing, and machines come and go during the run',
      'Say how long a machine takes until it is up, as { lognormal: { p50: 45s, p95: 90s } }.',
    );
  }
  if (refresh !== undefined && refresh.at >= duration) {
    tree.reject(
      [...path, 'refresh', 'at'],
      `must be within the run (${formatDuration(duration)}), was ${formatDuration(refresh.at)}`,
      'Let it begin earlier, or lengthen duration.',
    );
  }
  return {
    min,
    max,
    provisioning,
    boot,
    ...(bake === undefined ? {} : { bake }),
    ...(warmPool === undefined ? {} : { warmPool: warmPoolOf(warmPool) }),
    ...(refresh === undefined
      ? {}
      : {
          refresh: {
            at: refresh.at,
            minHealthy: refresh.minHealthy,
            maxHealthy: refresh.maxHealthy,
            bakeMicros: refresh.bake,
          },
        }),
  };
}

function warmPoolOf({ size, state, start, disk }: NonNullable<MachineSection['warmPool']>): WarmPoolSpec {
  return { size, state, start, diskPricePerHour: ((disk / 1024) * GIB_MONTH) / MONTH_HOURS };
}
