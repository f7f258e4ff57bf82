import { overviewMarkdown } from './overview/overview-markdown.js';
import type { Overview } from './overview/overview-run.js';
import { runsJson } from './overview/runs-json.js';
import { overviewPage } from './page/overview-page.js';
import { writeWhole } from './write-whole.js';

/** Writes `index.html`, `report.md` and `runs.json` into a folder that is there; each appears only when it is complete. */
export async function writeOverview(dir: string, overview: Overview): Promise<void> {
  await writeWhole(dir, 'index.html', overviewPage(overview));
  await writeWhole(dir, 'report.md', overviewMarkdown(overview));
  await writeWhole(dir, 'runs.json', runsJson(overview.runs));
}
