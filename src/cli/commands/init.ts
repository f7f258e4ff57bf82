import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ArgumentsCamelCase } from 'yargs';
import { InputError } from '../../domain/errors.js';
import type { CliCommand } from '../cli-command.js';
import type { CliIo } from '../cli-io.js';
import { EXIT } from '../exit-code.js';
import { writeNewFiles } from '../write-new-files.js';

interface Options {
  name: string;
  trace: boolean;
}

/** `hindcast init`: a scenario to start from. */
export const initCommand: CliCommand<Options> = {
  command: 'init [name]',
  describe: 'Write a scenario to start from',
  options: (yargs) =>
    yargs
      .positional('name', { type: 'string', default: 'mine', describe: 'Name of the scenario; its file is NAME.yaml' })
      .option('trace', { type: 'boolean', default: false, describe: 'With a small trace NAME.csv that it plays' })
      .example('$0 init sale', 'sale.yaml, ready to run')
      .example('$0 init sale --trace', 'and sale.csv, to be replaced by your own'),
  run: init,
};

async function init({ name, trace }: ArgumentsCamelCase<Options>, io: CliIo): Promise<number> {
  const { scaffold, scaffoldTrace } = await import('../../experiment/scenario/scaffold.js');
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(name)) {
    const mend = 'It names a file in this folder, without its ending.';
    throw new InputError(
      { source: 'NAME' },
      `must be letters, digits, dots, - and _, was ${JSON.stringify(name)}`,
      mend,
    );
  }
  const [scenario, csv] = [`${name}.yaml`, `${name}.csv`];
  const text = scaffold({ name, schema: schemaPath(io.cwd), trace: trace ? csv : null });
  const traces = trace ? [{ shown: csv, path: resolve(io.cwd, csv), text: scaffoldTrace() }] : [];
  await writeNewFiles([...traces, { shown: scenario, path: resolve(io.cwd, scenario), text }]);
  const next: readonly (readonly [command: string, meaning: string])[] = [
    [`hindcast check ${scenario} --defaults`, 'what it means, with everything it leaves out'],
    [`hindcast run ${scenario}`, `run it; writes reports/${name}/index.html`],
    ...(trace ? [[`hindcast trace inspect ${csv}`, 'the traffic it plays: put your own in its place'] as const] : []),
  ];
  const width = Math.max(...next.map(([command]) => command.length));
  const lines = next.map(([command, meaning]) => `  ${command.padEnd(width)}  ${meaning}\n`);
  io.out(`Wrote ${trace ? `${scenario} and ${csv}` : scenario}. Next:\n${lines.join('')}`);
  return EXIT.ok;
}

/** The schema that comes with the product, as an editor finds it from a file in `folder`. */
function schemaPath(folder: string): string {
  const file = fileURLToPath(new URL('../../../scenarios/scenario.schema.json', import.meta.url));
  const path = relative(folder, file);
  return path.startsWith('..') || !existsSync(file) ? file : `./${path}`;
}
