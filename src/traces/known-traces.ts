import type { TraceUnit } from './trace.js';

/** A recorded trace that users can name; its file is fetched apart and lies in the data directory. */
export interface KnownTrace {
  readonly name: string;
  /** What it shows, in a few words. */
  readonly shows: string;
  readonly unit: TraceUnit;
  readonly binSeconds: number;
  /** Start of the first bin, UTC; null where the recording has no date. */
  readonly start: string | null;
  /** Repository the recording comes from. */
  readonly source: string;
  /** Licence as stated by the source. */
  readonly licence: string;
}

const ITA = 'Internet Traffic Archive: may be freely redistributed';

type Row = readonly [
  name: string,
  shows: string,
  unit: TraceUnit,
  binSeconds: number,
  start: string | null,
  source: string,
  licence: string,
];

const rows: readonly Row[] = [
  [
    'worldcup98-a',
    'a big web site by day and night, with flash crowds at matches',
    'requests',
    60,
    '1998-05-01T00:00:00Z',
    'nimamahmoudi/worldcup98-dataset',
    ITA,
  ],
  [
    'nasa-http-jul95',
    'a small web site by day and week',
    'requests',
    10,
    '1995-07-01T04:00:00Z',
    'reconfigurable-ml-pipeline/web-service-datasets',
    ITA,
  ],
  [
    'twitter-stream-2021-08-a',
    'a message stream with a burst every two hours and the recorder off for half an hour a day',
    'requests',
    5,
    '2021-08-01T00:00:00Z',
    'reconfigurable-ml-pipeline/web-service-datasets',
    'not stated',
  ],
  [
    'nab-elb-requests',
    'requests to a load balancer, with a spike',
    'requests',
    300,
    '2014-04-10T00:04:00Z',
    'numenta/NAB',
    'MIT',
  ],
  [
    'azure-llm-code-2023',
    'an hour of bursts to a language model',
    'requests',
    5,
    '2023-11-16T18:17:00Z',
    'Azure/AzurePublicDataset',
    'CC-BY-4.0',
  ],
  [
    'ms-ecommerce-api',
    'eight months of a shop by the hour, weeks and a holiday season',
    'requests/s',
    3600,
    '2017-11-01T00:00:00Z',
    'microsoft/cloud-monitoring-dataset',
    'MIT',
  ],
  [
    'ms-mongo-01',
    'queries to a database',
    'requests/s',
    60,
    '2018-04-25T00:00:00Z',
    'microsoft/cloud-monitoring-dataset',
    'MIT',
  ],
  [
    'ms-ingress-01',
    'events taken in, many and smooth',
    'requests/s',
    60,
    '2018-04-25T00:00:00Z',
    'microsoft/cloud-monitoring-dataset',
    'MIT',
  ],
  [
    'alibaba-gentd26-gateway',
    'an image generator; the scale is anonymous, only the shape counts',
    'requests/s',
    60,
    '2022-09-11T01:19:00Z',
    'alibaba/clusterdata',
    'not stated',
  ],
  [
    'nab-asg-cpu',
    'percent CPU of an auto-scaling group, wrongly configured at the end',
    'level',
    300,
    '2014-05-14T01:14:00Z',
    'numenta/NAB',
    'MIT',
  ],
  [
    'nab-request-latency',
    'a latency in ms, with a failure',
    'level',
    300,
    '2014-03-07T03:41:00Z',
    'numenta/NAB',
    'MIT',
  ],
  [
    'nab-ec2-cpu-825cc2',
    'percent CPU of one machine, high, with drops',
    'level',
    300,
    '2014-04-10T00:04:00Z',
    'numenta/NAB',
    'MIT',
  ],
  [
    'planetlab-cpu-20110303',
    'mean percent CPU of a thousand machines',
    'level',
    300,
    '2011-03-03T00:00:00Z',
    'beloglazov/planetlab-workload-traces',
    'not stated',
  ],
  [
    'alibaba2018-machines',
    'mean percent CPU of four thousand machines',
    'level',
    30,
    null,
    'alejandrofdez-us/DataCenter-Traces-Datasets',
    'terms of alibaba/clusterdata',
  ],
  [
    'bitbrains-vm1',
    'percent CPU of one business machine',
    'level',
    300,
    '2013-08-12T13:40:46Z',
    'atlarge-research/opendc',
    'MIT; cite GWA-T-12 Bitbrains',
  ],
  [
    'bitbrains-50vm',
    'MHz used by fifty business machines',
    'level',
    300,
    '2013-08-12T13:40:00Z',
    'atlarge-research/opendc',
    'MIT; cite GWA-T-12 Bitbrains',
  ],
];

/** The traces that a scenario can name, by name. */
export const knownTraces: ReadonlyMap<string, KnownTrace> = new Map(
  rows.map(([name, shows, unit, binSeconds, start, source, licence]) => [
    name,
    { name, shows, unit, binSeconds, start, source, licence },
  ]),
);
