import type { KedaTrigger } from './scaled-object-manifest.js';

const usable = /^[A-Za-z_]\w*$/;

/** What each trigger is called in a scenario: by its own name, else by its type, each name once. */
export function triggerNames(triggers: readonly KedaTrigger[]): readonly string[] {
  const taken = new Set<string>();
  return triggers.map(({ name, type }) => {
    const wanted = name !== undefined && usable.test(name) ? name : type.replaceAll(/\W/g, '_');
    let free = wanted;
    for (let i = 2; taken.has(free); i += 1) free = `${wanted}_${i}`;
    taken.add(free);
    return free;
  });
}
