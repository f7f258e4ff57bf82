import { egressKinds, type LinkKind, type MessageSize } from '../../domain/network-spec.js';
import { sampler } from '../../kernel/distributions.js';
import type { KeyedRandom } from '../../kernel/random.js';
import { StepColumns } from '../requests/step-columns.js';

/** Draws a message's size in whole bytes. */
export type SizeDraw = (ordinal: number, key: number) => number;

/** Sums what is sent between places. */
export class EgressLedger {
  readonly columns = new StepColumns([...egressKinds.map((kind) => `${kind}Bytes`), 'retransmissions']);
  private retransmissions = 0;
  private readonly inStep = new Float64Array(egressKinds.length);

  /** A request (or an answer) of `bytes` is sent over a link. */
  sent(link: LinkKind, isAnswer: boolean, bytes: number): void {
    const column = columnOf(link, isAnswer);
    if (column >= 0) this.inStep[column] += bytes;
  }

  /** Appends a row; `retransmissions` is how often messages were sent again since the start. */
  closeStep(retransmissions: number): void {
    this.columns.append([...this.inStep, retransmissions - this.retransmissions]);
    this.inStep.fill(0);
    this.retransmissions = retransmissions;
  }
}

/** Answers to clients and requests to the internet leave the cloud; their opposites come in. */
function columnOf(link: LinkKind, isAnswer: boolean): number {
  switch (link) {
    case 'sameZone':
      return -1;
    case 'crossZone':
      return 0;
    case 'crossRegion':
      return 1;
    case 'clients':
      return isAnswer ? 2 : -1;
    case 'internet':
      return isAnswer ? -1 : 2;
  }
}

/** How sizes are drawn; a fixed one costs no draw. */
export function sizeDraw(size: MessageSize, random: KeyedRandom): SizeDraw {
  if (typeof size === 'number') return () => size;
  const sample = sampler(size);
  return (ordinal, key) => Math.round(sample(random, ordinal, key));
}
