/** What a listener is given: where its messages go, and under which names its triggers are known. */
import type { Listener } from '../core/listeners.ts'

export interface Host {
  /** Pushes a message as the page would. */
  readonly push: (message: { readonly [key: string]: unknown }) => void
  /** The value of `gtm.triggers` for these triggers. */
  readonly idsOf: (triggers: readonly { readonly trigger: string }[]) => string
}

/** A trigger that asked for a listener. An array of them may grow later. */
export interface Asking<K extends Listener['kind']> {
  readonly trigger: string
  readonly listener: Extract<Listener, { kind: K }>
}
