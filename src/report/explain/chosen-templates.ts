import type { Rule } from '../../domain/decision.js';

/** Being within tolerance often changes nothing, since the metric asks for what is there: the ratio has to be asked, not the effect. */
export function tolerance({ before, after, numbers }: Rule): string {
  const within = before !== after || Math.abs(1 - Number(numbers.ratio)) <= Number(numbers.tolerance);
  const consequence = within ? ', so {after} stay' : '';
  return `[the ratio of {ratio} to the target is ]${within ? 'within' : 'outside'} the tolerance[ of {tolerance}]${consequence}`;
}

/** One broken metric forbids only the way down; when all are broken nothing moves, which looks like no effect at all. */
export function invalidMetrics({ before, after, numbers }: Rule): string {
  if (numbers.invalid === numbers.of) return 'no metric could be used, so {after} stay';
  const some = '{invalid} of {of} metrics could not be used';
  return before === after
    ? `${some}, which does not stand in the way of going up or staying`
    : `${some}, and going down on part of the picture is refused, so {after} stay`;
}

/** Names the window that held and what it remembered; a window is no pause between changes, only the memory of higher or lower recommendations. */
export function stabilization({ before, after, numbers }: Rule): string {
  if (before !== after) {
    return 'the[ scale-{direction}] stabilization window[ of {windowSeconds}] still held[ a recommendation of {recommendation} from {ageSeconds} ago], so {before} became {after}';
  }
  if (numbers.windowSeconds === 0) return 'there is no[ scale-{direction}] stabilization window';
  return 'nothing in the[ scale-{direction}] stabilization window[ of {windowSeconds}] stood in the way';
}

/** A rate policy bounds a change upwards from above and a change downwards from below; a disabled direction allows none. */
export function ratePolicy({ before, after, numbers }: Rule): string {
  if (numbers.policy === 'disabled') return 'scaling[ {direction}] is disabled, so {after} stay';
  const policy = 'the[ scale-{direction}] policy[ ({policy})] allowed';
  const bound = `${numbers.direction === 'down' ? 'no fewer than' : 'at most'} ${'limit' in numbers ? '{limit}' : '{after}'}`;
  const period = '[ in {periodSeconds}][, which began with {periodStart}]';
  return `${policy} ${bound}${period}${before === after ? '' : ', so {before} became {after}'}`;
}
