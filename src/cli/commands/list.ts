import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ArgumentsCamelCase } from 'yargs';
import { distributionForms } from '../../domain/distribution-schema.js';
import { closest } from '../../domain/did-you-mean.js';
import { InputError } from '../../domain/errors.js';
import type { Registries } from '../../engine/registries.js';
import type { CliCommand } from '../cli-command.js';
import type { CliIo } from '../cli-io.js';
import { EXIT } from '../exit-code.js';
import { type PluginWords, pluginOption, pluginsOf } from '../plugin-option.js';
import { UsageError } from '../usage-error.js';

interface Options extends PluginWords {
  what: string;
}

type Row = readonly [name: string, meaning: string];

/** What can be listed, and how. */
const lists: Readonly<Record<string, (io: CliIo, registries: Registries) => Promise<readonly Row[]> | readonly Row[]>> =
  {
    policies: (_, { policies }) => definitions(policies),
    forecasters: (_, { forecasters }) => definitions(forecasters),
    verticalPolicies: (_, { verticalPolicies }) => definitions(verticalPolicies),
    balancePolicies: (_, { balancePolicies }) => definitions(balancePolicies),
    nodePolicies: (_, { nodePolicies }) => definitions(nodePolicies),
    nodeScalers: (_, { nodeScalers }) => definitions(nodeScalers),
    balancers: async () => Object.entries((await choices()).balancers),
    disciplines: async () => Object.entries((await choices()).disciplines),
    arrivals: async () => Object.entries((await choices()).arrivalModels),
    faults: async () => Object.entries((await choices()).faultKinds),
    distributions: () =>
      Object.entries(distributionForms).map(([name, { form, description }]): Row => [name, `${description}: ${form}`]),
    generators: () => [
      ['constant', '{ constant: 200/s }: the same rate all the time'],
      ['step', '{ step: { from: 100/s, to: 300/s, at: 1h } }: a jump from one rate to another'],
      ['ramp', '{ ramp: { from: 10/s, to: 500/s, start: 10m, over: 1h } }: a straight climb or fall'],
      ['diurnal', '{ diurnal: { mean: 200/s, peakToMean: 1.8, peakAt: 14h, week: { sun: 0.6 } } }: by day and week'],
      ['flashCrowd', '{ flashCrowd: { at: 20h, ramp: 3m, magnitude: 4x } }: multiplies the others'],
    ],
    metrics: async () => {
      const { scrapedMetrics } = await import('../../engine/collect/scraped-metrics.js');
      return [...scrapedMetrics].map(([name, { type, labels, description }]): Row => [
        name,
        `${type} by ${['workload', ...labels].join(', ')}: ${description}`,
      ]);
    },
    functions: async () => {
      const { queryWords } = await import('../../engine/collect/query/query-words.js');
      return queryWords();
    },
    instances: async () => {
      const { instanceTypes } = await import('../../catalogue/instance-types.js');
      return instanceTypes.map((type): Row => [
        type.name,
        `${type.vcpu} vCPU, ${type.memoryGiB} GiB, $${type.pricePerHour}/h in ${type.region} (${type.date})`,
      ]);
    },
    traces: async () => {
      const { knownTraces } = await import('../../traces/known-traces.js');
      return [...knownTraces.values()].map((trace): Row => [
        trace.name,
        `${trace.shows}; ${trace.unit}, bins of ${trace.binSeconds} s; ${trace.source}`,
      ]);
    },
    scenarios: async (io) => {
      const files = await readdir(resolve(io.cwd, 'scenarios')).catch(() => []);
      const shown = files.filter((file) => /\.ya?ml$/.test(file)).sort();
      return Promise.all(shown.map(async (file): Promise<Row> => [`scenarios/${file}`, await answered(file, io)]));
    },
  };

/** The question of a scenario and, on a line of its own, the answer that its last accepted run gave; what is wrong with the file instead. */
async function answered(file: string, io: CliIo): Promise<string> {
  const { scenarioCard } = await import('../../experiment/scenario/scenario-card.js');
  try {
    const { question, answer } = await scenarioCard(resolve(io.cwd, 'scenarios', file), file);
    return [question ?? 'No question.', ...(answer === null ? [] : [answer])].join('\n');
  } catch (error) {
    if (error instanceof InputError) return error.message.replace(/\s*\n\s*/g, ' ');
    throw error;
  }
}

/** `hindcast list`: the words that a scenario may use. */
export const listCommand: CliCommand<Options> = {
  command: 'list [what]',
  describe: `List ${Object.keys(lists).slice(0, 3).join(', ')} and other words of a scenario`,
  options: (yargs) =>
    pluginOption(yargs)
      .positional('what', { type: 'string', default: '', describe: `One of ${Object.keys(lists).join(', ')}` })
      .example('$0 list policies', 'what may stand under scaling'),
  run: list,
};

async function list({ what, plugin }: ArgumentsCamelCase<Options>, io: CliIo): Promise<number> {
  if (what === '') {
    throw new UsageError(
      `Say what to list, as in: hindcast list policies\n  Lists are ${Object.keys(lists).join(', ')}.`,
    );
  }
  if (!Object.hasOwn(lists, what)) {
    const meant = closest(what, Object.keys(lists));
    throw new UsageError(
      `There is no list of ${JSON.stringify(what)}.\n  ${meant === null ? '' : `Did you mean ${meant}? `}Lists are ${Object.keys(lists).join(', ')}.`,
    );
  }
  const { registries } = await pluginsOf({ plugin }, io);
  const rows = await lists[what](io, registries);
  if (rows.length === 0) {
    io.err(
      `Nothing to list: there is no folder "scenarios" with a scenario here. Write one with hindcast init, or go to where yours are.\n`,
    );
    return EXIT.ok;
  }
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  const indent = `\n${' '.repeat(width + 2)}`;
  io.out(
    rows
      .map(([name, meaning]) => `${`${name.padEnd(width)}  ${meaning.replaceAll('\n', indent)}`.trimEnd()}\n`)
      .join(''),
  );
  return EXIT.ok;
}

function definitions(known: Readonly<Record<string, { readonly description: string }>>): readonly Row[] {
  return Object.entries(known).map(([name, { description }]): Row => [name, description]);
}

function choices() {
  return import('../../experiment/scenario/named-choices.js');
}
