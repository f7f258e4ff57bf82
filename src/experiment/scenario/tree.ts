/** What a YAML document holds once aliases are expanded: plain values, no cycles. */
export type Tree = null | boolean | number | string | readonly Tree[] | TreeMap;

/** A mapping of a document. */
export interface TreeMap {
  readonly [key: string]: Tree;
}

/** Steps from the root of a document to a value: keys and positions. */
export type Path = readonly (string | number)[];

/** A path as users read and write it: `traffic[0].to`. */
export function pathText(path: Path): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');
}

/** Whether a value is a list. */
export function isList(tree: Tree | undefined): tree is readonly Tree[] {
  return Array.isArray(tree);
}

/** Whether a value is a mapping. */
export function isMap(tree: unknown): tree is TreeMap {
  return typeof tree === 'object' && tree !== null && !Array.isArray(tree);
}

/** The value at a path, or undefined where there is none. */
export function valueAt(tree: Tree | undefined, path: Path): Tree | undefined {
  let value = tree;
  for (const step of path) {
    if (typeof step === 'number') value = isList(value) ? value[step] : undefined;
    else value = isMap(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

/** A copy with one value replaced; mappings that the path needs and the document lacks are made. */
export function withValue(tree: Tree | undefined, path: Path, value: Tree): Tree {
  if (path.length === 0) return value;
  const [step, ...rest] = path;
  if (typeof step === 'number') {
    const list = isList(tree) ? tree : [];
    return list.map((item, i) => (i === step ? withValue(item, rest, value) : item));
  }
  const map: TreeMap = isMap(tree) ? tree : {};
  return { ...map, [step]: withValue(Object.hasOwn(map, step) ? map[step] : undefined, rest, value) };
}

/** A copy without the key that a path ends in; the same where there is none. */
export function withoutKey(tree: Tree, path: Path): Tree {
  const key = path[path.length - 1];
  const around = valueAt(tree, path.slice(0, -1));
  if (!isMap(around)) return tree;
  return withValue(tree, path.slice(0, -1), Object.fromEntries(Object.entries(around).filter(([one]) => one !== key)));
}
