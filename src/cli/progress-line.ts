import type { CliIo } from './cli-io.js';

/** Shows the share that is done, and goes away. */
export interface ProgressLine {
  update(share: number): void;
  stop(): void;
}

const silent: ProgressLine = { update: () => undefined, stop: () => undefined };

/** A progress bar on standard error where a person watches it, else nothing. */
export async function progressLine(io: CliIo, title: string, wanted: boolean): Promise<ProgressLine> {
  if (!wanted || !io.interactive) return silent;
  const { default: progress } = await import('cli-progress');
  const bar = new progress.SingleBar({
    format: `${title} [{bar}] {percentage}% {eta_formatted} left`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(100, 0);
  return { update: (share) => bar.update(Math.round(share * 100)), stop: () => bar.stop() };
}
