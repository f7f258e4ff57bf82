import type { CliCommand } from '../cli-command.js';
import { EXIT } from '../exit-code.js';
import { type PluginWords, pluginOption, pluginsOf } from '../plugin-option.js';

/** `hindcast schema`: the JSON Schema of scenario files, for editors. */
export const schemaCommand: CliCommand<PluginWords> = {
  command: 'schema',
  describe: 'Print the JSON Schema of scenario files',
  options: (yargs) =>
    pluginOption(yargs).example('$0 schema > scenario.schema.json', 'name it on the first line of a scenario'),
  run: async (options, io) => {
    const { scenarioJsonSchema } = await import('../../experiment/scenario/scenario-json-schema.js');
    io.out(`${JSON.stringify(scenarioJsonSchema((await pluginsOf(options, io)).registries), null, 2)}\n`);
    return EXIT.ok;
  },
};
