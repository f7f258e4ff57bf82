import { describe, expect, test } from 'vitest';
import { Bug, InputError, WorldError } from '../../src/domain/errors.js';

describe('errors', () => {
  test('the input error names file, line, field and problem, and the mend on a line of its own', () => {
    const place = { source: 'sale.yaml', line: 14, path: 'pods.max' };
    expect(new InputError(place, 'must be at least 20, was 5', 'Raise pods.max.').message).toBe(
      'sale.yaml:14: pods.max must be at least 20, was 5\n  Raise pods.max.',
    );
  });

  test.each([
    [{ source: 'sale.yaml' }, 'sale.yaml: is empty'],
    [{ source: 'sale.yaml', line: 3 }, 'sale.yaml:3: is empty'],
    [{ source: '--set', path: 'pods' }, '--set: pods is empty'],
    [{ source: 'sale.yaml', line: 1, path: '' }, 'sale.yaml:1: is empty'],
  ])('leaves out what is not known: %j', (place, message) => {
    const error = new InputError(place, 'is empty');
    expect(error.message).toBe(message);
    expect([error.place, error.problem, error.hint]).toEqual([place, 'is empty', undefined]);
  });

  test('each kind can be told apart and keeps its cause', () => {
    const cause = new Error('ENOSPC');
    const errors = [new InputError({ source: 'a' }, 'b'), new WorldError('disk full', { cause }), new Bug('broken')];
    expect(errors.map(({ name }) => name)).toEqual(['InputError', 'WorldError', 'Bug']);
    expect(errors.map((error) => [InputError, WorldError, Bug].map((kind) => error instanceof kind))).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ]);
    expect(errors[1].cause).toBe(cause);
  });
});
