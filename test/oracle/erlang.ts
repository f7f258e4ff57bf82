/** Erlang's loss formula: the share refused by `c` servers without a waiting line at offered load `a`. */
export function erlangB(c: number, a: number): number {
  let blocked = 1;
  for (let k = 1; k <= c; k += 1) blocked = (a * blocked) / (k + a * blocked);
  return blocked;
}

/** Erlang's delay formula: the chance to wait in M/M/c at offered load `a`, below `c`. */
export function erlangC(c: number, a: number): number {
  const blocked = erlangB(c, a);
  return blocked / (1 - (a / c) * (1 - blocked));
}
