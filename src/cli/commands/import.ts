import { dirname, relative, resolve } from 'node:path';
import type { ArgumentsCamelCase } from 'yargs';
import type { ImportedScenario } from '../../experiment/manifests/imported-scenario.js';
import type { ManifestSource } from '../../experiment/manifests/import-options.js';
import type { TraceInput } from '../../experiment/manifests/trace-scenario.js';
import type { CliCommand } from '../cli-command.js';
import type { CliIo } from '../cli-io.js';
import { EXIT } from '../exit-code.js';
import { readingKeys, type TraceWords } from '../trace-section.js';
import { readingOptions } from '../reading-options.js';
import { writeNewFile } from '../write-new-file.js';

interface Options extends TraceWords {
  manifests: string[];
  out: string | undefined;
  force: boolean;
  trace: string | undefined;
  to: string | undefined;
  name: string | undefined;
}

/** `hindcast import`: a commented scenario from Kubernetes manifests, with a list of what they could not say. */
export const importCommand: CliCommand<Options> = {
  command: 'import <manifests..>',
  describe: 'Make a scenario from Kubernetes manifests',
  options: (yargs) =>
    readingOptions(yargs)
      .positional('manifests', {
        type: 'string',
        array: true,
        demandOption: true,
        describe:
          'Files or folders, YAML or JSON, or - for standard input: Deployment, StatefulSet, ReplicaSet, ' +
          'HorizontalPodAutoscaler, ScaledObject, VerticalPodAutoscaler, NodePool, Service, Ingress, HTTPRoute, ' +
          'PodDisruptionBudget, ' +
          'ResourceQuota, LimitRange; other kinds are counted',
      })
      .option('out', { type: 'string', requiresArg: true, describe: 'File to write; standard output by default' })
      .option('force', { type: 'boolean', default: false, describe: 'Replace the file if it is there' })
      .option('trace', {
        type: 'string',
        requiresArg: true,
        describe: 'Recorded traffic instead of a placeholder: CSV, access log or query_range JSON',
      })
      .option('to', {
        type: 'string',
        requiresArg: true,
        describe:
          'Workload that all of the trace goes to; by default a log is shared out by Ingress and HTTPRoute, and what cannot be goes to what is public or scaled',
      })
      .option('name', { type: 'string', requiresArg: true, describe: 'Name of the scenario' })
      .example('$0 import deployment.yaml hpa.yaml --out shop.yaml', 'then: hindcast run shop.yaml')
      .example('$0 import k8s/ --trace requests.csv', 'every manifest below a folder, on recorded traffic')
      .example('helm template . | $0 import -', 'a chart, rendered')
      .example('kubectl get deploy,hpa,svc -n shop -o yaml | $0 import -', 'what runs in a namespace'),
  run: importCommandOf,
};

async function importCommandOf(options: ArgumentsCamelCase<Options>, io: CliIo): Promise<number> {
  const { readManifestSources } = await import('../../experiment/manifests/read-manifest-sources.js');
  const { traceScenario } = await import('../../experiment/manifests/trace-scenario.js');
  const { targetRemark } = await import('../scenario-of-trace.js');
  const { importManifests } = await import('../../experiment/manifests/import-manifests.js');
  const { manifests, out, force, trace, to, name } = options;
  const sources = await readManifestSources(manifests, {
    directory: io.cwd,
    standardInput: () => io.standardInput(),
  });
  const words = { ...(to === undefined ? {} : { to }), ...(name === undefined ? {} : { name }) };
  const read = trace === undefined ? null : await traceOf(trace, options, sources, io);
  const imported =
    read === null ? importManifests(sources, words) : traceScenario(sources, { ...read.input, ...words });
  io.err(`${targetRemark(imported.target)}${read?.remark ?? ''}`);
  if (out === undefined) {
    io.out(imported.text);
    return EXIT.ok;
  }
  const path = resolve(io.cwd, out);
  await writeNewFile({ path, shown: out, text: imported.text, replace: force, id: process.pid });
  io.out(await summary(imported, out));
  return EXIT.ok;
}

interface ReadRecording {
  /** The trace as the scenario will name it, how long it lasts, and how it is shared out. */
  readonly input: TraceInput;
  /** What was read, for the terminal. */
  readonly remark: string;
}

async function traceOf(
  trace: string,
  options: Options,
  sources: readonly ManifestSource[],
  io: CliIo,
): Promise<ReadRecording> {
  const { loadTrace } = await import('../../traces/load-trace.js');
  const { traceSchema } = await import('../../traces/trace-spec.js');
  const { InputError } = await import('../../domain/errors.js');
  const { readingRemark } = await import('../reading-remark.js');
  const { shareOut } = await import('../share-out.js');
  const { out, to } = options;
  const reading = readingKeys(options);
  const spec = traceSchema.parse({ file: trace, ...reading });
  const loaded = await loadTrace(spec, { scenario: io.cwd, data: null });
  if (loaded.kind === 'absent')
    throw new InputError({ source: trace }, 'must be a trace that is here', loaded.sentence);
  const path = out === undefined ? trace : relative(dirname(resolve(io.cwd, out)), resolve(io.cwd, trace));
  const { remark, ...shared } = await shareOut(loaded.trace, { spec, to, cwd: io.cwd }, sources);
  return {
    input: { trace: loaded.trace, ...shared, shown: trace, path, reading },
    remark: `${readingRemark(trace, loaded.trace)}${remark}`,
  };
}

/** What has been written, what it rests on, and what to do next. */
async function summary({ notes, unused }: ImportedScenario, out: string): Promise<string> {
  const { guessesOf } = await import('../../experiment/manifests/guesses-of.js');
  const { topics } = await import('../../experiment/manifests/topics.js');
  const guesses = guessesOf(notes);
  const deciding = guesses.filter(({ topic }) => topics[topic].severity === 'decides').map(({ what }) => what);
  const lines = [
    `${out} is written. ${guesses.length} things were not in the manifests and are guesses; the file lists and marks them.`,
    ...(deciding.length === 0 ? [] : [`  decide the answer  ${deciding.join(', ')}`]),
    ...(unused.length === 0 ? [] : [`  not used           ${unused.length} things that the manifests say`]),
    `Next: hindcast check ${out}, then hindcast run ${out}`,
  ];
  return `${lines.join('\n')}\n`;
}
