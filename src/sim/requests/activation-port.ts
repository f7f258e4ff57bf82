import type { ActivatorSpec } from '../../domain/activator-spec.js';
import type { Activator } from './activator.js';
import type { Balancer } from './balancer-port.js';

/** The activators of a world, as the rest of the request path knows them. */
export interface ActivationPort {
  /** Puts an activator before a balancer. */
  add(spec: ActivatorSpec, inner: Balancer): Activator;
  /** Carries out what is due at one activator. */
  runNext(token: number): void;
}
