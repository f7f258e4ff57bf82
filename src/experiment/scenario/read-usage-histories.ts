import { createHash } from 'node:crypto';
import { resolve, join } from 'node:path';
import type { EngineWorkload } from '../../domain/engine-config.js';
import type { UsageCheckpoint } from '../../domain/usage-history.js';
import { zVpaSettings } from '../../engine/vertical/vpa-settings-schema.js';
import { shiftCheckpoint } from '../../engine/vertical/vpa/shift-checkpoint.js';
import { isoMicros } from '../vertical/iso-micros.js';
import { parseCheckpoint } from '../vertical/parse-checkpoints.js';
import { readTextFile } from './read-text-file.js';
import type { SourceTree } from './source-tree.js';
import type { Path } from './tree.js';
import { InputError } from '../../domain/errors.js';

/** What is known of usage from before a run. */
export interface UsageHistories {
  /** By workload; instants counted from the run's zero. */
  readonly histories: ReadonlyMap<string, UsageCheckpoint>;
  /** SHA-256 of the files, by name as written. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** Reads the checkpoints that vertical policies start from. Throws InputError at a file that is no checkpoint, or ends after the run begins. */
export async function readUsageHistories(
  workloads: readonly EngineWorkload[],
  originEpochMicros: number,
  tree: SourceTree,
): Promise<UsageHistories> {
  const histories = new Map<string, UsageCheckpoint>();
  const hashes: Record<string, string> = {};
  for (const { name, vertical } of workloads) {
    const settings = zVpaSettings.safeParse(vertical?.config);
    if (!settings.success || settings.data.checkpoint === undefined) continue;
    const { checkpoint: file, cpu, memory } = settings.data;
    const path = ['workloads', name, 'vertical', 'checkpoint'];
    const shown = join(tree.folderOf(path), file);
    const text = await readFileOf(path, shown, tree);
    const kept = parseCheckpoint(text, shown, name);
    if (kept.lastSampleMicros !== null && kept.lastSampleMicros > originEpochMicros) {
      tree.reject(
        path,
        `must end before the run begins (${isoMicros(originEpochMicros)}), has samples until ${isoMicros(kept.lastSampleMicros)}`,
        'Let the run begin later, as start: 2026-01-06T00:00:00Z.',
      );
    }
    hashes[file] = createHash('sha256').update(text).digest('hex');
    const halfLives = { cpuMicros: cpu.halfLifeMicros, memoryMicros: memory.halfLifeMicros };
    histories.set(name, shiftCheckpoint(kept, -originEpochMicros, halfLives));
  }
  return { histories, hashes };
}

async function readFileOf(path: Path, shown: string, tree: SourceTree): Promise<string> {
  try {
    return await readTextFile(resolve(shown), shown);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return tree.reject(
      path,
      `must be a checkpoint of VPA; ${shown} ${error.problem.replace('a scenario file', 'a file')}`,
      'Give the path, from this file, of a vpa-checkpoint.json that hindcast run has written.',
    );
  }
}
