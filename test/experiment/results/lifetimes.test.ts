import { expect, test } from 'vitest';
import { presence } from '../../../src/experiment/results/lifetimes.js';

const hour = 3.6e9;

test('counts what lies within the run: hours, fewest, most, mean', () => {
  const lives = [
    { start: -hour, end: null },
    { start: 0, end: hour },
    { start: hour, end: 3 * hour },
    { start: 5 * hour, end: 6 * hour },
  ];
  expect(presence(lives, 0, 4 * hour)).toEqual({ hours: 7, min: 1, mean: 7 / 4, max: 2 });
});

test('a replacement at one instant is no dip and no bump', () => {
  const lives = [
    { start: 0, end: hour },
    { start: hour, end: null },
  ];
  expect(presence(lives, 0, 2 * hour)).toMatchObject({ min: 1, max: 1, hours: 2 });
});
