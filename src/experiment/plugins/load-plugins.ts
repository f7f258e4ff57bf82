import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { z } from 'zod';
import { InputError } from '../../domain/errors.js';
import { type Registries, builtIn, extendedBy } from '../../engine/registries.js';
import { pluginApi } from './plugin-api.js';
import { pluginKinds, zPlugin } from './plugin-schema.js';

/** The registries with what plugins bring, and the SHA-256 of each plugin's file by its name. */
export interface LoadedPlugins {
  readonly registries: Registries;
  readonly hashes: Readonly<Record<string, string>>;
}

type PluginParts = z.output<typeof zPlugin>;

const MEND = 'A plugin is export default (hindcast) => ({ policies: [{ name, description, schema, create }] }).';

/** Loads plugins, in order. Throws InputError at a file that cannot be read or run, is no plugin, or takes a name that is taken. */
export async function loadPlugins(files: readonly string[], cwd: string): Promise<LoadedPlugins> {
  let registries: Registries = builtIn;
  let added: Partial<Registries> = {};
  const hashes: Record<string, string> = {};
  for (const file of files) {
    const name = basename(file);
    if (Object.hasOwn(hashes, name)) {
      throw new InputError({ source: file }, `must have a file name of its own, was another ${name}`);
    }
    hashes[name] = await hashOf(file, cwd);
    const plugin = await readPlugin(file, cwd);
    rejectTaken(plugin, registries, file);
    added = merged(added, plugin);
    registries = extendedBy(added);
  }
  return { registries, hashes };
}

async function hashOf(file: string, cwd: string): Promise<string> {
  try {
    return createHash('sha256')
      .update(await readFile(resolve(cwd, file)))
      .digest('hex');
  } catch {
    throw new InputError({ source: file }, 'must be a plugin that can be read, was no such file', MEND);
  }
}

async function readPlugin(file: string, cwd: string): Promise<PluginParts> {
  const factory = await factoryOf(file, cwd);
  let made: unknown;
  try {
    made = factory(pluginApi);
  } catch (error) {
    throw new InputError({ source: file }, `must give a plugin, and threw ${messageOf(error)}`, MEND);
  }
  const read = zPlugin.safeParse(made);
  if (read.success) return read.data;
  const [{ path, message }] = read.error.issues;
  throw new InputError({ source: file, path: path.join('.') }, message, MEND);
}

async function factoryOf(file: string, cwd: string): Promise<(api: typeof pluginApi) => unknown> {
  let module: unknown;
  try {
    module = await import(pathToFileURL(resolve(cwd, file)).href);
  } catch (error) {
    throw new InputError({ source: file }, `must be a module that runs, and failed with ${messageOf(error)}`, MEND);
  }
  if (typeof module === 'object' && module !== null && 'default' in module && isFactory(module.default)) {
    return module.default;
  }
  throw new InputError({ source: file }, 'must have a function as its default export, has none', MEND);
}

function isFactory(value: unknown): value is (api: typeof pluginApi) => unknown {
  return typeof value === 'function';
}

function rejectTaken(plugin: PluginParts, known: Registries, file: string): void {
  for (const kind of pluginKinds) {
    for (const { name } of plugin[kind] ?? []) {
      if (!Object.hasOwn(known[kind], name)) continue;
      throw new InputError(
        { source: file, path: kind },
        `must bring new names, was ${JSON.stringify(name)}, which is taken`,
        'Choose another name.',
      );
    }
  }
}

function merged(before: Partial<Registries>, plugin: PluginParts): Partial<Registries> {
  return {
    policies: { ...before.policies, ...byName(plugin.policies) },
    forecasters: { ...before.forecasters, ...byName(plugin.forecasters) },
    nodePolicies: { ...before.nodePolicies, ...byName(plugin.nodePolicies) },
    nodeScalers: { ...before.nodeScalers, ...byName(plugin.nodeScalers) },
    verticalPolicies: { ...before.verticalPolicies, ...byName(plugin.verticalPolicies) },
    balancePolicies: { ...before.balancePolicies, ...byName(plugin.balancePolicies) },
  };
}

function byName<Definition extends { readonly name: string }>(
  definitions: readonly Definition[] = [],
): Record<string, Definition> {
  return Object.fromEntries(definitions.map((definition) => [definition.name, definition]));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
