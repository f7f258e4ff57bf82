import type { Draw } from './draw.js';
import { FIELDS } from './visits.js';

const { CPU, WAIT } = FIELDS;

/**
 * Written for speed: a visit's two draws come out of short loops over many ordinals, where no number is boxed and hashes overlap.
 * It means: `cpu.sample(cpu.random, ordinal, hop)`, and likewise `wait`, 0 where there is none.
 *
 * Draws are keyed, so that drawing ahead changes none of them. Only one path of calls is drawn ahead, the first that leads here, and only as
 * long as most of what was drawn is wanted; other paths, further attempts and stragglers are drawn one by one.
 */
export class Demands {
  private readonly cpuAhead = new Float64Array(ROOM);
  private readonly waitAhead = new Float64Array(ROOM);
  private readonly cpuBlocks = blocksOf(this.cpuAhead);
  private readonly waitBlocks = blocksOf(this.waitAhead);
  /** First ordinal of what each block holds; -1 where it holds nothing. */
  private readonly firsts = new Float64Array(BLOCKS).fill(-1);
  private readonly drawn = new Float64Array(1);
  /** The path that is drawn ahead. */
  private hop: number | null = null;
  private newest = -1;
  /** How many of what was drawn ahead have been wanted since the newest block was drawn. */
  private wanted = 0;
  private pays = true;

  constructor(
    private readonly cpu: Draw,
    private readonly wait: Draw | null,
  ) {}

  /** Writes the demands of the visit that a request makes, or one attempt of it, named by its ordinal and the key of its path. */
  draw(ordinal: number, hop: number, reals: Float64Array, visit: number): void {
    const at = ordinal & (ROOM - 1);
    const first = ordinal - (at & (BLOCK - 1));
    if (hop !== this.hop || this.firsts[at >> BLOCK_BITS] !== first) {
      if (!this.drawBlock(first, hop, at >> BLOCK_BITS)) {
        this.drawOne(ordinal, hop, reals, visit);
        return;
      }
    }
    this.wanted += 1;
    reals[visit + CPU] = this.cpuAhead[at];
    reals[visit + WAIT] = this.waitAhead[at];
  }

  /** False where nothing is to be drawn ahead. */
  private drawBlock(first: number, hop: number, block: number): boolean {
    this.hop ??= hop;
    if (!this.pays || hop !== this.hop || first < this.newest) return false;
    this.pays = this.newest < 0 || this.wanted >= BLOCK / 2;
    if (!this.pays) {
      this.firsts.fill(-1);
      return false;
    }
    this.wanted = 0;
    this.newest = first;
    this.firsts[block] = first;
    const { cpu, wait } = this;
    cpu.fill(cpu.random, first, hop, this.cpuBlocks[block], BLOCK);
    wait?.fill(wait.random, first, hop, this.waitBlocks[block], BLOCK);
    return true;
  }

  private drawOne(ordinal: number, hop: number, reals: Float64Array, visit: number): void {
    const { cpu, wait, drawn } = this;
    cpu.fill(cpu.random, ordinal, hop, drawn, 1);
    reals[visit + CPU] = drawn[0];
    drawn[0] = 0;
    wait?.fill(wait.random, ordinal, hop, drawn, 1);
    reals[visit + WAIT] = drawn[0];
  }
}

/** Ordinals to a block, and blocks kept: what is under way at once should fit. */
const BLOCK_BITS = 7;
const BLOCK = 1 << BLOCK_BITS;
const BLOCKS = 8;
const ROOM = BLOCK * BLOCKS;

function blocksOf(column: Float64Array): Float64Array[] {
  return Array.from({ length: BLOCKS }, (_, i) => column.subarray(i * BLOCK, (i + 1) * BLOCK));
}
