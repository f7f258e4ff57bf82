/**
 * Rolling 128-bit hash of text, four lanes of 32 bits: for journals and stream names, where a difference must show, not for secrecy.
 *
 * Every UTF-16 code unit enters every lane (multiply-xor by four odd constants), and `hex` finishes with the murmur3 finaliser across lanes.
 */
export class TextHash {
  private a = 0x9e3779b9 | 0;
  private b = 0x85ebca6b | 0;
  private c = 0xc2b2ae35 | 0;
  private d = 0x27d4eb2f | 0;

  /** Adds text; adding 'ab' is the same as adding 'a', then 'b'. */
  add(text: string): this {
    let { a, b, c, d } = this;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      a = Math.imul(a ^ unit, 0x01000193);
      b = Math.imul(b ^ unit ^ (a >>> 15), 0x5bd1e995);
      c = Math.imul(c ^ unit ^ (b >>> 13), 0x2545f491);
      d = Math.imul(d ^ unit ^ (c >>> 16), 0x9e3779b1);
    }
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    return this;
  }

  /** The four finished lanes as unsigned 32-bit integers. Adding may go on afterwards. */
  words(): readonly [number, number, number, number] {
    const sum = (this.a + this.b + this.c + this.d) | 0;
    return [finish(this.a ^ sum), finish(this.b + sum), finish(this.c ^ (sum >>> 7)), finish(this.d + (sum << 5))];
  }

  /** 32 hexadecimal digits. */
  hex(): string {
    return this.words()
      .map((word) => word.toString(16).padStart(8, '0'))
      .join('');
  }
}

function finish(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
