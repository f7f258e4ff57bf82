import type { Command } from '../domain/command.js';
import type { Decision } from '../domain/decision.js';
import type { EngineConfig } from '../domain/engine-config.js';
import type { Fact } from '../domain/fact.js';
import type { UsageCheckpoint } from '../domain/usage-history.js';
import type { Micros } from '../kernel/micros.js';
import type { Journal } from '../kernel/journal.js';
import { Engine } from './engine.js';
import type { Registries } from './registries.js';

/**
 * An engine with its journal: the fact first, then what the engine made of it, in the order made.
 *
 * It keeps no decisions; who wants them is told of each.
 */
export class RecordedEngine {
  private readonly engine: Engine;
  private commands: Command[] = [];

  constructor(
    config: EngineConfig,
    registries: Registries,
    private readonly journal: Journal,
    onDecision: (decision: Decision) => void = () => undefined,
  ) {
    this.engine = new Engine(config, registries, {
      decision: (decision) => {
        journal.append('decision', decision);
        onDecision(decision);
      },
      command: (command) => {
        journal.append('command', command);
        this.commands.push(command);
      },
    });
  }

  /** What another run may begin with, by workload. */
  usageHistories(now: Micros): ReadonlyMap<string, UsageCheckpoint> {
    return this.engine.usageHistories(now);
  }

  /** Takes in a fact and returns the commands that it led to, to be carried out in that order. */
  on(fact: Fact): readonly Command[] {
    this.journal.append('fact', fact);
    this.engine.on(fact);
    if (this.commands.length === 0) return NONE;
    const made = this.commands;
    this.commands = [];
    return made;
  }
}

const NONE: readonly Command[] = [];
