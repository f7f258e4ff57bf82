import type { EngineConfig } from '../domain/engine-config.js';
import type { Fact } from '../domain/fact.js';
import type { EntryKind } from '../kernel/journal.js';
import { Engine } from './engine.js';
import type { Registries } from './registries.js';

/** One line of a journal, read back. */
export type JournalEntry =
  | { readonly seq: number; readonly kind: 'fact'; readonly body: Fact }
  | { readonly seq: number; readonly kind: 'command' | 'decision'; readonly body: object };

/** What a replay found. */
export interface Replay {
  /** Entries that were fed in, and entries that were found again, up to the first difference. */
  readonly facts: number;
  readonly commands: number;
  readonly decisions: number;
  /** The first difference: what the journal has at `seq`, and what the engine made of the same facts; null when there is none. */
  readonly divergence: Divergence | null;
}

/** Where a journal and the engine part. */
export interface Divergence {
  readonly seq: number;
  readonly expected: string;
  readonly actual: string;
}

/** Feeds the facts of a journal to a fresh engine, which must make every command and decision in it again, and no others. */
export function replay(entries: Iterable<JournalEntry>, config: EngineConfig, registries: Registries): Replay {
  const made: string[] = [];
  const engine = new Engine(config, registries, {
    command: (command) => made.push(written('command', command)),
    decision: (decision) => made.push(written('decision', decision)),
  });
  const counts = { fact: 0, command: 0, decision: 0 };
  let divergence: Divergence | null = null;
  let seq = 0;
  for (const entry of entries) {
    seq = entry.seq;
    divergence = entry.kind === 'fact' ? unexpected(seq, made, written('fact', entry.body)) : compare(entry, made);
    if (divergence !== null) break;
    counts[entry.kind] += 1;
    if (entry.kind !== 'fact') continue;
    made.length = 0;
    engine.on(entry.body);
    made.reverse();
  }
  divergence ??= unexpected(seq + 1, made, 'end of the journal');
  return { facts: counts.fact, commands: counts.command, decisions: counts.decision, divergence };
}

function written(kind: EntryKind, body: object): string {
  return `${kind} ${JSON.stringify(body)}`;
}

/** `made` is kept last first, so that taking the next one is cheap. */
function compare(entry: JournalEntry, made: string[]): Divergence | null {
  const expected = written(entry.kind, entry.body);
  const actual = made.pop() ?? 'nothing';
  return expected === actual ? null : { seq: entry.seq, expected, actual };
}

function unexpected(seq: number, made: readonly string[], expected: string): Divergence | null {
  return made.length === 0 ? null : { seq, expected, actual: made[made.length - 1] };
}
