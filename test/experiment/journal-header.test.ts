import { expect, test } from 'vitest';
import { readJournalHeader, writeJournalHeader } from '../../src/experiment/journal-header.js';
import { loadShipped, scenarioFiles } from '../golden/golden-run.js';

test.each(scenarioFiles())('the header of %s gives back the engine that it was written from', async (file) => {
  const loaded = await loadShipped(file);
  if (typeof loaded === 'string') {
    process.stderr.write(`skipped: ${file}: ${loaded}\n`);
    return;
  }
  const { identity, engine } = loaded;
  expect(readJournalHeader(writeJournalHeader({ identity, engine }), file).engine).toEqual(
    JSON.parse(JSON.stringify(engine)),
  );
});
