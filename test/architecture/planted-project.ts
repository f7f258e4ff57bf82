import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './product-files.js';

/** Files of a planted project: path from its root to content. */
export type Planting = Readonly<Record<string, string>>;

/** A throw-away project with the repository's own configuration and the given sources. */
export interface PlantedProject {
  readonly folder: string;
  /** Deletes the project. */
  readonly clear: () => void;
}

/** Plants files beside copies of the real configuration, so that a test can see the real fences bite. */
export function plantProject(planting: Planting): PlantedProject {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-fences-'));
  for (const name of ['package.json', 'tsconfig.json', 'eslint.config.js', '.dependency-cruiser.js']) {
    copyFileSync(join(root, name), join(folder, name));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [path, content] of Object.entries(planting)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return { folder, clear: () => rmSync(folder, { recursive: true, force: true }) };
}
