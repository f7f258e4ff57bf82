import { mixKeys } from '../../kernel/random.js';

/**
 * Written for speed: nearly all calls of a site have come by the same path, so that the key of the last is the key of this one.
 * It means: `mixKeys(a, b)`.
 */
export class LastKey {
  private a = 0;
  private b = 0;
  private key = mixKeys(0, 0);

  /** The mixture of two keys. */
  of(a: number, b: number): number {
    if (a !== this.a || b !== this.b) {
      this.a = a;
      this.b = b;
      this.key = mixKeys(a, b);
    }
    return this.key;
  }
}
