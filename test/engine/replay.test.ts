import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/domain/errors.js';
import type { Fact } from '../../src/domain/fact.js';
import { readJournalLine } from '../../src/engine/read-journal-line.js';
import { RecordedEngine } from '../../src/engine/recorded-engine.js';
import { builtIn } from '../../src/engine/registries.js';
import { replay } from '../../src/engine/replay.js';
import { Journal } from '../../src/kernel/journal.js';
import { config, nodeReady, replicasSet, steadyFacts, workload } from './fixture.js';

const clock = {
  schedule: [
    { cron: '*/2 * * * *', replicas: 5 },
    { cron: '1-59/2 * * * *', replicas: 3 },
  ],
};
const web = workload({
  policy: { name: 'scheduled', config: builtIn.policies.scheduled.schema.parse(clock) },
  forecaster: { name: 'persistence', config: { leastResiduals: 5 } },
});
const run = config([web]);

/** Runs the facts in a world that carries commands out at once, and gives the journal's lines. */
function record(facts: readonly Fact[]): { lines: string[]; hash: string; decisions: number } {
  const lines: string[] = [];
  const journal = new Journal((line) => lines.push(line));
  let decisions = 0;
  const engine = new RecordedEngine(run, builtIn, journal, () => (decisions += 1));
  for (const fact of facts) {
    for (const command of engine.on(fact)) {
      if (command.type === 'setReplicas') engine.on(replicasSet(command.at / 1e6, command.replicas));
    }
  }
  return { lines, hash: journal.hex(), decisions };
}

function reread(lines: readonly string[]) {
  return lines.map((line, i) => readJournalLine(line, 'journal.jsonl', i + 1));
}

const facts = [nodeReady(0, 'n', 4000), ...steadyFacts(4, 600, 0.2)];

describe('RecordedEngine', () => {
  test('the same facts give the same journal, and it keeps what the engine said in the order said', () => {
    const { lines, hash, decisions } = record(facts);
    expect(record(facts)).toEqual({ lines, hash, decisions });
    expect(decisions).toBe(40);
    const kinds = reread(lines).map(({ kind }) => kind);
    const first = kinds.indexOf('command');
    expect(kinds.slice(first - 2, first + 2)).toEqual(['fact', 'decision', 'command', 'fact']);
  });

  test('it returns the commands of this fact only', () => {
    const engine = new RecordedEngine(run, builtIn, new Journal());
    expect(engine.on(replicasSet(0, 4))).toEqual([]);
    const at = facts[facts.length - 1].at;
    const [command] = engine.on({ type: 'ticked', at });
    expect(command).toMatchObject({ from: 4, replicas: 5 });
    expect(engine.on(replicasSet(600, 5))).toEqual([]);
    expect(engine.on({ type: 'ticked', at })).toEqual([]);
  });
});

describe('replay', () => {
  const { lines } = record(facts);
  const entries = reread(lines);

  test('a journal read back gives every decision and command again', () => {
    const { facts: count, commands, decisions, divergence } = replay(entries, run, builtIn);
    expect(divergence).toBeNull();
    expect(decisions).toBe(40);
    expect(commands).toBeGreaterThan(5);
    expect(count + commands + decisions).toBe(lines.length);
  });

  test('another configuration parts where it first decides otherwise', () => {
    const other = config([{ ...web, maxReplicas: 4 }]);
    const { divergence } = replay(entries, other, builtIn);
    const first = entries.find(({ kind, body }) => kind === 'decision' && 'desired' in body && body.desired === 5);
    expect(divergence?.seq).toBe(first?.seq);
    expect(divergence?.expected).toContain('"desired":5');
    expect(divergence?.actual).toContain('"desired":4');
  });

  test.each(['command', 'decision'] as const)('a %s that is missing or too much is found where it is', (kind) => {
    const place = entries.findLastIndex((entry) => entry.kind === kind);
    const missing = replay(entries.toSpliced(place, 1), run, builtIn).divergence;
    expect(missing?.actual).toMatch(new RegExp(`^${kind} `));
    const extra = replay(entries.toSpliced(place, 0, entries[place]), run, builtIn).divergence;
    expect(extra?.expected).toMatch(new RegExp(`^${kind} `));
    expect(extra?.actual).not.toBe(extra?.expected);
  });

  test('what the engine says after the last entry is missing at the end', () => {
    const place = entries.findLastIndex(({ kind }) => kind === 'decision');
    const { divergence } = replay(entries.slice(0, place), run, builtIn);
    expect(divergence).toMatchObject({ seq: place, expected: 'end of the journal' });
    expect(divergence?.actual).toMatch(/^decision /);
    const after = replay([...entries, { seq: entries.length, kind: 'command', body: { a: 1 } }], run, builtIn);
    expect(after.divergence).toEqual({ seq: entries.length, expected: 'command {"a":1}', actual: 'nothing' });
  });

  test('numbers that JSON cannot write are read back as the garbage they were', () => {
    const garbage: Fact[] = facts.map((fact) =>
      fact.type === 'podsScraped' ? { ...fact, cpuMicros: [NaN, Infinity] } : fact,
    );
    expect(replay(reread(record(garbage).lines), run, builtIn).divergence).toBeNull();
  });

  test.each(['', '{"seq":0', '{"seq":0,"fact":{"type":"exploded","at":0}}', '{"seq":-1,"command":{}}', '[]'])(
    'the line %j is refused with its place',
    (line) => {
      expect(() => readJournalLine(line, 'a.jsonl', 7)).toThrow(InputError);
      expect(() => readJournalLine(line, 'a.jsonl', 7)).toThrow(/^a\.jsonl:7: must be a journal entry/);
    },
  );
});
