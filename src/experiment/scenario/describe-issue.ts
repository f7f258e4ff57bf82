import type { z } from 'zod';
import { closest } from '../../domain/did-you-mean.js';
import { asPhrase, constantsOf, knownForms } from './known-forms.js';
import { keysAt, type SchemaNode, schemasAt } from './json-schema-walk.js';
import { isMap, type Path, type Tree, valueAt } from './tree.js';

type Issue = z.core.$ZodIssue;
type UnionIssue = Extract<Issue, { code: 'invalid_union' }>;

/** What is wrong with one value of a document, in words. */
export interface Problem {
  readonly path: Path;
  readonly problem: string;
  readonly hint?: string;
}

/** What a judgement is made from. */
export interface Judged {
  readonly document: Tree;
  readonly schema: SchemaNode;
}

/** Puts a finding of the schema into words: what was expected, what was found, and what may have been meant. */
export function describeIssue(issue: Issue, judged: Judged, base: Path = []): Problem {
  const path = [...base, ...plainPath(issue)];
  const value = valueAt(judged.document, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKey(issue.keys[0], path, judged);
    case 'invalid_union':
      return ofUnion(issue, path, judged);
    case 'invalid_key':
      return { path, problem: messageOf(issue.issues[0], path[path.length - 1]) };
    case 'invalid_value':
      return wrongWord(issue.values.map(String), path, value);
    case 'invalid_type':
      return wrongType(issue.expected, path, judged);
    case 'too_small':
    case 'too_big':
      return { path, problem: `must be ${boundOf(issue)}, was ${sizeOf(value)}` };
    default:
      return { path, problem: messageOf(issue, value) };
  }
}

function plainPath(issue: Issue): Path {
  return issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys',
  record: 'a mapping of names',
};

function unknownKey(key: string, path: Path, { document, schema }: Judged): Problem {
  const known = keysAt(schema, document, path) ?? [];
  const meant = closest(key, known);
  const list = known.filter((name) => name !== '$schema').join(', ');
  return {
    path: [...path, key],
    problem: 'is not a known key',
    hint: meant === null ? `Known here are ${list}.` : `Did you mean ${meant}? Known here are ${list}.`,
  };
}

function missing(path: Path, judged: Judged): Problem {
  const hint = descriptionAt(judged, path);
  return {
    path,
    problem: 'must be given, was missing',
    ...(hint === undefined ? {} : { hint: `It is ${lowered(hint)}.` }),
  };
}

function wrongType(expected: string, path: Path, judged: Judged): Problem {
  const value = valueAt(judged.document, path);
  if (value === undefined) return missing(path, judged);
  if (expected === 'object') return { ...wrong(path, typeWords.object, value), ...formsHint(path, judged) };
  return wrong(path, asPhrase(descriptionAt(judged, path)) ?? typeWords[expected] ?? expected, value);
}

/** What may stand at a path, for a value that is nothing of the kind. */
function formsHint(path: Path, { document, schema }: Judged): { readonly hint?: string } {
  const nodes = schemasAt(schema, document, path);
  const forms = knownForms(nodes);
  if (nodes.some((node) => node.anyOf !== undefined || node.oneOf !== undefined) && forms.length > 0)
    return { hint: `Its forms are ${listed(forms)}.` };
  const keys = keysAt(schema, document, path) ?? [];
  return keys.length === 0 ? {} : { hint: `Its keys are ${keys.join(', ')}.` };
}

/** `a`, `a or b`, `a, b or c`. */
function listed(forms: readonly string[]): string {
  const last = forms[forms.length - 1];
  return forms.length < 2 ? last : `${forms.slice(0, -1).join(', ')} or ${last}`;
}

function wrong(path: Path, expected: string, value: Tree | undefined): Problem {
  return { path, problem: `must be ${expected}, was ${found(value)}` };
}

function wrongWord(words: readonly string[], path: Path, value: Tree | undefined): Problem {
  const meant = typeof value === 'string' ? closest(value, words) : null;
  const expected = words.length === 1 ? words[0] : `one of ${words.join(', ')}`;
  return {
    ...wrong(path, expected, value),
    ...(meant === null ? {} : { hint: `Did you mean ${meant}?` }),
  };
}

/** Of several forms a value may have, the user meant the one that fits best; where none is near, all are described. */
function ofUnion(issue: UnionIssue, path: Path, judged: Judged): Problem {
  const value = valueAt(judged.document, path);
  if (issue.errors.length === 0) return ofDiscriminator(path, judged);
  const isBare = isMap(value) && Object.keys(value).length === 0;
  const near = isBare ? [] : issue.errors.filter((issues) => !issues.some((one) => isOtherKind(one, value)));
  if (isMap(value)) {
    const stray = Object.keys(value).find((key) => near.length > 0 && near.every((issues) => isStray(key, issues)));
    if (stray !== undefined) return unknownKey(stray, path, judged);
  }
  const best = [...near]
    .sort((a, b) => misfit(a) - misfit(b))
    .at(0)
    ?.at(0);
  if (best !== undefined) return withOtherForms(describeIssue(best, judged, path), best, path, judged);
  if (value === undefined) return missing(path, judged);
  return ofNoForm(issue, path, judged);
}

/** A word that is none of the known ones may have been meant for another form. */
function withOtherForms(problem: Problem, { code, path: inside }: Issue, path: Path, judged: Judged): Problem {
  if (code !== 'invalid_value' || inside.length > 0 || problem.hint !== undefined) return problem;
  const forms = knownForms(schemasAt(judged.schema, {}, path)).filter((form) => form.startsWith('{'));
  return forms.length === 0 ? problem : { ...problem, hint: `Its other forms are ${listed(forms)}.` };
}

/** A value of a kind that none of the forms has: what they are is said by the union itself, by its description, or worked out. */
function ofNoForm({ message }: UnionIssue, path: Path, judged: Judged): Problem {
  const value = valueAt(judged.document, path);
  if (message.startsWith('must be ')) return { path, problem: `${message}, was ${found(value)}` };
  const description = descriptionAt(judged, path);
  const phrase = asPhrase(description);
  if (phrase !== null) return wrong(path, lowered(phrase), value);
  const forms = knownForms(schemasAt(judged.schema, {}, path));
  const hint = description === undefined ? {} : { hint: `It is ${lowered(description)}.` };
  return { ...wrong(path, forms.length === 0 ? 'in another form' : listed(forms), value), ...hint };
}

/** The key that says which form is meant names none. */
function ofDiscriminator(path: Path, judged: Judged): Problem {
  const key = String(path[path.length - 1]);
  const nodes = schemasAt(judged.schema, judged.document, path.slice(0, -1));
  const value = valueAt(judged.document, path);
  if (value === undefined) return { ...missing(path, judged), ...formsHint(path.slice(0, -1), judged) };
  return wrongWord(constantsOf(nodes, key), path, value);
}

/** Whether a form wants a value of another kind altogether: a text where a mapping stands. */
function isOtherKind(issue: Issue, value: Tree | undefined): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union')
    return issue.errors.every((branch) => branch.some((one) => isOtherKind(one, value)));
  return issue.code === 'invalid_type' || (issue.code === 'invalid_value' && typeof value === 'object');
}

function isStray(key: string, issues: readonly Issue[]): boolean {
  return issues.some(
    (issue) => issue.code === 'unrecognized_keys' && issue.path.length === 0 && issue.keys.includes(key),
  );
}

/** How far a form is from the value: keys it does not know or misses count more than a wrong value inside. */
function misfit(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (isShape(issue) ? 100 : 1), 0);
}

function isShape(issue: Issue): boolean {
  if (issue.code === 'unrecognized_keys') return issue.path.length === 0;
  return issue.path.length <= 1 && issue.code === 'invalid_type' && issue.message.endsWith('undefined');
}

function descriptionAt({ schema, document }: Judged, path: Path): string | undefined {
  return schemasAt(schema, document, path).find((node) => node.description !== undefined)?.description;
}

function boundOf(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const size = Number(issue.code === 'too_small' ? issue.minimum : issue.maximum);
  const unit = unitOf(issue.origin, size === 1);
  if (issue.code === 'too_small') return `${issue.inclusive === false ? 'above' : 'at least'} ${issue.minimum}${unit}`;
  return `${issue.inclusive === false ? 'below' : 'at most'} ${issue.maximum}${unit}`;
}

function unitOf(origin: string, single: boolean): string {
  if (origin === 'string') return single ? ' character' : ' characters';
  return origin === 'array' ? (single ? ' entry' : ' entries') : '';
}

function sizeOf(value: Tree | undefined): string {
  return Array.isArray(value) || typeof value === 'string' ? String(value.length) : found(value);
}

function messageOf(issue: { readonly message: string }, value: Tree | undefined): string {
  const message = issue.message.replace(/^Invalid/, 'is invalid').replace(/\.$/, '');
  const plain = typeof value === 'string' || typeof value === 'number';
  return message.includes(', was ') || !plain ? message : `${message}, was ${found(value)}`;
}

/** A value as messages show it. */
export function found(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping of keys';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}..."` : text;
}

function lowered(sentence: string): string {
  const text = sentence.replace(/\.$/, '');
  return /^[A-Z][A-Z]/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
