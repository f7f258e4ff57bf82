/** The file of a known trace as its publisher keeps it, pinned to one version. */
export interface PublicTrace {
  /** Name of the trace in the catalogue, as `nab-elb-requests`. */
  readonly name: string;
  /** Owner and name of the repository on GitHub. */
  readonly repository: string;
  /** Full hash of the commit. */
  readonly commit: string;
  /** Path within the repository. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  /** Licence as stated by the repository. */
  readonly licence: string;
  /** The part of the file that the trace is, microseconds since 1970; all of it by default. */
  readonly between?: { readonly fromMicros: number; readonly untilMicros: number };
}

const NAB = { repository: 'numenta/NAB', commit: 'ea702d75cc2258d9d7dd35ca8e5e2539d71f3140', licence: 'MIT' };
const MICROSOFT = {
  repository: 'microsoft/cloud-monitoring-dataset',
  commit: '6a07a53c2fac495fb6831811df4c980d6c04bd10',
  licence: 'MIT',
};

const all: readonly PublicTrace[] = [
  {
    name: 'worldcup98-a',
    repository: 'nimamahmoudi/worldcup98-dataset',
    commit: '82460213f0d5a86fa57b6d4b0b5f260e606e713b',
    path: 'invocation_count.csv',
    bytes: 3_157_125,
    sha256: 'd05038f98af96f6fab054f90445e02a68f37fd00a79c23f45b9b48e5ec91fb8e',
    licence: 'MIT; Internet Traffic Archive data, may be freely redistributed',
    between: { fromMicros: Date.UTC(1998, 4, 1) * 1000, untilMicros: Date.UTC(1998, 5, 16) * 1000 },
  },
  {
    ...NAB,
    name: 'nab-elb-requests',
    path: 'data/realAWSCloudwatch/elb_request_count_8c0756.csv',
    bytes: 101_052,
    sha256: '74c26574a01ca9fb89dddb5021e2e13c3a93eb25dc640438a9acb1ceb00f1021',
  },
  {
    ...NAB,
    name: 'nab-asg-cpu',
    path: 'data/realKnownCause/cpu_utilization_asg_misconfiguration.csv',
    bytes: 539_274,
    sha256: '58ba65dc0737cfbac11b51514476d50c438d44011232144bb8d93f392df58f9f',
  },
  {
    ...NAB,
    name: 'nab-ec2-cpu-825cc2',
    path: 'data/realAWSCloudwatch/ec2_cpu_utilization_825cc2.csv',
    bytes: 113_675,
    sha256: 'd768419037c9db269343822957314f57ee21a7d9a4d41df2add0d1ba45ba84de',
  },
  {
    ...MICROSOFT,
    name: 'ms-mongo-01',
    path: 'data/mongodb-application-rps/mongo-01.csv',
    bytes: 694_124,
    sha256: '069d04b19b4830df1d1be608c00e841dde6dd7263e266993ca4b8706c875dd80',
  },
  {
    ...MICROSOFT,
    name: 'ms-ingress-01',
    path: 'data/data-ingress-rate/ingress-01.csv',
    bytes: 630_410,
    sha256: '6fed09b1254f6e51acb920c20ab0f6978a36fa5efcc9fd2630f9f9dedb6bbef8',
  },
];

/**
 * The traces that can be fetched, by name. Sizes and hashes are those of the blobs at the pinned commits. Known traces are missing here
 * whose original holds an hour twice where clocks were put back, is packed in a way that is not read, or has no file of its own.
 */
export const publicTraces: ReadonlyMap<string, PublicTrace> = new Map(all.map((trace) => [trace.name, trace]));

/** Where GitHub serves the files of its repositories as they are. */
export const GITHUB_RAW = 'https://raw.githubusercontent.com';

/** The address of a file, on GitHub or on a mirror that keeps its paths. */
export function addressOf({ repository, commit, path }: PublicTrace, mirror = GITHUB_RAW): string {
  return `${mirror.replace(/\/+$/, '')}/${repository}/${commit}/${path}`;
}

/** Where the file of a trace lies below a data directory: under its name there, prefixed so that no other file has it. */
export function placeOf({ name, path }: PublicTrace): readonly string[] {
  return ['traces', name, `original-${path.slice(path.lastIndexOf('/') + 1)}`];
}
