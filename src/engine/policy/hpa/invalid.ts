/** Why something could not be computed, in words; takes the place of the value. */
export interface Invalid {
  readonly invalid: string;
}

/** Says why there is no value. */
export function invalid(reason: string): Invalid {
  return { invalid: reason };
}

/** Tells a reason from a value. */
export function isInvalid(value: object): value is Invalid {
  return 'invalid' in value;
}
