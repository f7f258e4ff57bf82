import type { Micros } from '../../kernel/micros.js';
import type { Pod } from './pod.js';

type Listener = (pod: Pod, now: Micros) => void;

/** Something that befalls pods, told to everybody who has asked, in the order of asking. */
export class PodNotice {
  private readonly listeners: Listener[] = [];

  ask(listener: Listener): void {
    this.listeners.push(listener);
  }

  tell(pod: Pod, now: Micros): void {
    for (const listener of this.listeners) listener(pod, now);
  }
}
