import type { SeriesTable } from '../../domain/run-result.js';
import { DependencyFront } from './dependency-front.js';
import type { PlaneState } from './plane-state.js';

/** What the request path has recorded step by step: of the service as a whole, then of every workload and dependency. */
export function requestTables({ recorder, network, fronts, jobs }: PlaneState): SeriesTable[] {
  const columns = { ...recorder.columns.columns(), ...network?.ledger.columns.columns() };
  const service: SeriesTable = { entity: 'service', kind: 'service', columns };
  return [
    service,
    ...fronts.map((front): SeriesTable => {
      const kind = front instanceof DependencyFront ? 'dependency' : 'workload';
      return { entity: front.name, kind, columns: { ...front.tally.columns.columns(), ...front.moreColumns() } };
    }),
    ...(jobs?.tables() ?? []),
  ];
}
