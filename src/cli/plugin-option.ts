import type { Argv } from 'yargs';
import { type LoadedPlugins, loadPlugins } from '../experiment/plugins/load-plugins.js';
import type { CliIo } from './cli-io.js';

/** The words of a command line that name plugins. */
export interface PluginWords {
  plugin: string[] | undefined;
}

/** Adds `--plugin` to a command. */
export function pluginOption<T>(yargs: Argv<T>) {
  return yargs.option('plugin', {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'A file that brings policies or forecasters of your own; may be repeated',
  });
}

/** The registries that a command works with. */
export function pluginsOf({ plugin }: Partial<PluginWords>, io: CliIo): Promise<LoadedPlugins> {
  return loadPlugins(plugin ?? [], io.cwd);
}
