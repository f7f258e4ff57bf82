import { zVpa } from '../../../src/engine/vertical/vpa-schema.js';
import type { VpaSettings } from '../../../src/engine/vertical/vpa/vpa-settings.js';

/** VPA as written, with defaults for the rest. */
export function vpa(written: object = {}): VpaSettings {
  return zVpa.parse(written);
}

/** Length of a minute, an hour and a day in microseconds. */
export const minute = 60e6;
export const hour = 3600e6;
export const day = 86_400e6;
