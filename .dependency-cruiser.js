/**
 * Fences between the layers, drawn from docs of the architecture: a file imports from its own layer and from layers
 * below it, never sideways, never up; an engine stage imports only the ports and itself; a package is imported only where
 * it is at home. `test/architecture/imports.test.ts` plants an offender for every rule.
 */

const core = ['kernel', 'domain', 'engine'];
const adapters = ['sim', 'live', 'models', 'traces', 'catalogue'];

/** What each layer may import of ours besides itself. */
const below = {
  kernel: [],
  domain: ['kernel'],
  engine: ['kernel', 'domain'],
  ...Object.fromEntries(adapters.map((adapter) => [adapter, core])),
  experiment: [...core, ...adapters],
  report: ['kernel', 'domain'],
  cli: [...core, ...adapters, 'experiment', 'report'],
};

const layers = Object.keys(below);
const aboveKernel = layers.filter((layer) => layer !== 'kernel');

/** Where each package may be imported. A package that is not listed may be imported nowhere in `src`. */
const homes = {
  zod: aboveKernel,
  '@tensorflow/[^/]+': ['models'],
  'tfjs-node-native': ['models'],
  'danfojs-node': ['models'],
  highs: ['experiment'],
  yaml: ['experiment'],
  tinypool: ['experiment'],
  bullmq: ['experiment'],
  ioredis: ['experiment'],
  arquero: ['experiment', 'report'],
  '@uwdata/flechette': ['experiment', 'report'],
  'hyparquet(-writer|-compressors)?': ['traces', 'report'],
  'vega(-lite|-embed)?': ['report'],
  '@resvg/[^/]+': ['report'],
  '@kubernetes/client-node': ['live'],
  yargs: ['cli'],
  fastify: ['cli'],
  'cli-progress': ['cli'],
  'cli-table3': ['cli'],
};

/** An installed package resolves into node_modules; one that is not installed keeps its bare name. */
const packagePath = (name) => `(^|node_modules/)(@types/)?${name}(/|$)`;
const anyOf = (names) => `^src/(${names.join('|')})/`;
const packages = [
  'npm',
  'npm-dev',
  'npm-optional',
  'npm-peer',
  'npm-bundled',
  'npm-no-pkg',
  'npm-unknown',
  'unknown',
  'undetermined',
];

const layerRules = layers.map((layer) => ({
  name: `layer-${layer}`,
  comment: `${layer} may import itself${below[layer].length === 0 ? '' : ` and ${below[layer].join(', ')}`}, nothing else of ours.`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^(src|test|scenarios|traces|models)/', pathNot: anyOf([layer, ...below[layer]]) },
}));

/** `@tensorflow` of `@tensorflow/[^/]+`, `vega` of `vega(-lite|-embed)?`. */
const plainName = (name) => name.replace(/\/?[[(].*$/, '');

const homeRules = Object.entries(homes).map(([name, allowed]) => ({
  name: `home-${plainName(name)}`,
  comment: `${name} is at home in ${allowed.join(', ')}.`,
  severity: 'error',
  from: { path: '^src/', pathNot: anyOf(allowed) },
  to: { path: packagePath(name), dependencyTypes: packages },
}));

export default {
  forbidden: [
    ...layerRules,
    ...homeRules,
    {
      name: 'home-unknown',
      comment: 'A package imported by src needs a home: name it in .dependency-cruiser.js.',
      severity: 'error',
      from: { path: '^src/' },
      to: { pathNot: Object.keys(homes).map(packagePath), dependencyTypes: packages },
    },
    {
      name: 'kernel-no-package',
      comment: 'The kernel has its own generator, hash and heap, and imports no package.',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { dependencyTypes: packages },
    },
    {
      name: 'pure-no-node',
      comment: 'kernel, domain, engine and sim are pure: the same input gives the same output on any machine.',
      severity: 'error',
      from: { path: '^src/(kernel|domain|engine|sim)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'engine-stage-alone',
      comment: 'A stage of the engine imports only engine/ports and itself, so that engine.ts alone knows their order.',
      severity: 'error',
      from: { path: '^src/engine/([^/]+)/', pathNot: '^src/engine/ports/' },
      to: { path: '^src/engine/', pathNot: '^src/engine/($1/|ports(/|[.-]))' },
    },
    {
      name: 'engine-ports-below-stages',
      comment: 'The ports are what stages share: they know no stage.',
      severity: 'error',
      from: { path: '^src/engine/ports(/|[.-])' },
      to: { path: '^src/engine/', pathNot: '^src/engine/ports(/|[.-])' },
    },
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one idea, or a third file is missing.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'not-resolvable',
      comment: 'The import leads nowhere. Only the optional native TensorFlow may be absent.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: '^tfjs-node-native$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
