/** Holds the state and notes that it changed; knows no HTTP. */
import type { Behaviour } from './behaviour.ts'
import { Clock } from './clock.ts'
import { BigQueryDouble } from './bigquery/double.ts'
import type { ExportEvent } from './data/export-event.ts'
import { Tokens } from './data/tokens.ts'
import { emptyState, type State } from './state.ts'

export class Store {
  state: State
  behaviour: Behaviour
  readonly clock: Clock
  readonly autoCreate: boolean
  // What reports are made of is given by whoever tries them, each time anew; it is in no state file.
  /** Rows of the export by property, or `*`. */
  readonly exports = new Map<string, readonly ExportEvent[]>()
  readonly tokens = new Tokens()
  readonly bigquery = new BigQueryDouble()
  /** Grows with every write; whoever saves the state compares it. */
  revision = 0

  constructor(behaviour: Behaviour, options: { readonly autoCreate: boolean; readonly state?: State }) {
    this.state = options.state ?? emptyState()
    this.behaviour = behaviour
    this.autoCreate = options.autoCreate
    this.clock = new Clock()
  }

  /**
   * A new fingerprint, and the note that something changed. A fingerprint is the time of storage in milliseconds, as in the
   * 3,371 of 3,455 exported ones that have 13 digits; two writes within a millisecond differ all the same.
   */
  stamp(): string {
    this.revision++
    this.state.lastStamp = Math.max(this.state.lastStamp + 1, this.clock.now())
    return String(this.state.lastStamp)
  }

  /** The time of a write in the form of google-datetime. */
  time(): string {
    return new Date(Number(this.stamp())).toISOString()
  }
}
