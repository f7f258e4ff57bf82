#!/usr/bin/env node
import { text } from 'node:stream/consumers';
import type { CliIo } from './cli-io.js';
import { EXIT } from './exit-code.js';
import { inlineDeeper } from './inline-deeper.js';
import { runCli } from './run-cli.js';

const interruption = new AbortController();
process.on('SIGINT', () => {
  // A second Ctrl-C means now.
  if (interruption.signal.aborted) process.exit(EXIT.interrupted);
  interruption.abort(new Error('interrupted'));
});
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader has gone (hindcast ... | head): there is nobody left to tell.
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed);
});

const io: CliIo = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  standardInput: () => text(process.stdin),
  env: process.env,
  cwd: process.cwd(),
  interactive: process.stderr.isTTY,
  signal: interruption.signal,
  now: () => Date.now(),
  cpuSeconds: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
  peakRssMiB: () => process.resourceUsage().maxRSS / 1024,
};

inlineDeeper();
process.exitCode = await runCli(process.argv.slice(2), io);
