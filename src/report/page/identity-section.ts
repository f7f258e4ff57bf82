import type { RunResult } from '../../domain/run-result.js';
import { type Html, markup, joinHtml } from '../format/html.js';
import { formatNumber, formatSeconds } from '../../domain/number-format.js';
import { identityLines } from '../identity-lines.js';
import type { SettledExtras } from '../report-extras.js';
import { htmlTable } from './table.js';

/** Which run this is and how to make it again. */
export function identitySection(result: RunResult, { reproduce, journalFile }: SettledExtras): Html {
  const rows = identityLines(result).map(([name, value]) => [name, markup`<code>${value}</code>`]);
  return markup`<section aria-labelledby="identity">
    <h2 id="identity">The same run again</h2>
    <pre><code>${reproduce}</code></pre>
    <p class="note">
      The same identity gives the same journal (<code>${journalFile}</code>), byte for byte, on one major version of
      Node.
    </p>
    ${htmlTable(
      'Identity of the run',
      [
        { title: 'Part', kind: 'name' },
        { title: 'Value', kind: 'words' },
      ],
      rows,
    )}${joinHtml(performance(result))}
  </section>`;
}

function performance({ performance: measured }: RunResult): readonly Html[] {
  if (measured === undefined) return [];
  const { wallSeconds, cpuSeconds, peakRssMiB } = measured;
  const memory = peakRssMiB === null ? '' : ` and ${formatNumber(peakRssMiB)} MiB of memory`;
  return [
    markup`<p class="note">
      It took ${formatSeconds(wallSeconds)} (${formatSeconds(cpuSeconds)} of CPU)${memory}; that is no part of its identity.
    </p>`,
  ];
}
