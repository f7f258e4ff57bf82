/**
 * Prints `N passed, N failed` from vitest's JSON report: `node tally.mjs REPORT STATUS`.
 *
 * A file that could not be loaded counts as one failure, and so does a step outside the tests (installation, types,
 * lint, fences) that ended with a status other than 0. Skipped tests are neither.
 */
import { readFileSync } from 'node:fs';

const [file, status] = process.argv.slice(2);

function read() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, testResults: [] };
  }
}

const { numPassedTests: passed, numFailedTests, testResults } = read();
const unloaded = testResults.filter(
  (result) => result.status === 'failed' && result.assertionResults.length === 0,
).length;
const failed = numFailedTests + unloaded;
const elsewhere = failed === 0 && status !== '0' ? 1 : 0;
process.stdout.write(`${passed} passed, ${failed + elsewhere} failed\n`);
process.exitCode = failed + elsewhere === 0 ? 0 : 1;
