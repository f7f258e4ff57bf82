/**
 * Judges the engine's policies by vectors of their peers' own tests.
 *
 * `tsx test/conformance/main.ts DIR [--json]`: a line for each file, failures on stderr, `N passed, N failed` last; with
 * `--json` one document on stdout instead. Exit code 1 when a case failed, 2 when there is nothing to judge.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type FileReport, judgeFile } from './judge-file.js';

function vectorFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));
}

function printFailures({ file, failures, total }: FileReport): void {
  const unsupported = failures.filter(({ supported }) => !supported);
  if (unsupported.length === total && total > 1) {
    process.stderr.write(`${file}: not supported\n`);
    return;
  }
  for (const { name, differences } of failures) process.stderr.write(`${file}: ${name}: ${differences.join('; ')}\n`);
}

function main(args: readonly string[]): number {
  const folder = args.find((arg) => !arg.startsWith('--'));
  if (folder === undefined) {
    process.stderr.write('usage: tsx test/conformance/main.ts DIR [--json]\n');
    return 2;
  }
  if (!existsSync(folder)) {
    process.stderr.write(`${folder}: no such folder\n`);
    return 2;
  }
  const reports = vectorFiles(folder).map(judgeFile);
  const passed = reports.reduce((sum, report) => sum + report.passed, 0);
  const failed = reports.reduce((sum, report) => sum + report.failed, 0);
  reports.forEach(printFailures);
  if (args.includes('--json')) {
    const files = reports.map(({ file, passed, failed, total, supported }) => {
      return { file, passed, failed, total, supported };
    });
    process.stdout.write(`${JSON.stringify({ files, passed, failed })}\n`);
  } else {
    for (const report of reports) process.stdout.write(`${report.file} ${report.passed}/${report.total}\n`);
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
  if (reports.length === 0) return 2;
  return failed === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
