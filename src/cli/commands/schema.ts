import { builtIn } from '../../engine/registries.js';
import type { CliCommand } from '../cli-command.js';
import { EXIT } from '../exit-code.js';

/** `hindcast schema`: the JSON Schema of scenario files, for editors. */
export const schemaCommand: CliCommand<object> = {
  command: 'schema',
  describe: 'Print the JSON Schema of scenario files',
  options: (yargs) => yargs.example('$0 schema > scenario.schema.json', 'name it on the first line of a scenario'),
  run: async (_options, io) => {
    const { scenarioJsonSchema } = await import('../../experiment/scenario/scenario-json-schema.js');
    io.out(`${JSON.stringify(scenarioJsonSchema(builtIn), null, 2)}\n`);
    return EXIT.ok;
  },
};
