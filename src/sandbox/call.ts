/** One request to an imitated method, as its handler sees it. */
import type { Api, MethodFacts } from './facts.ts'
import type { Entity } from './shape.ts'
import type { Store } from './store.ts'

export interface Call {
  readonly api: Api
  readonly method: MethodFacts
  /** Ids in the path by their collection: `{ accounts: '1', containers: '2' }`. */
  readonly ids: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** Checked against the method's request schema; {} where there is none. */
  readonly body: Entity
  readonly store: Store
  /** Who asks, as far as the token says. */
  readonly user: string
}

/** Gives the answer; undefined where Google answers with an empty body. */
export type Handler = (call: Call) => unknown
export type Handlers = Readonly<Record<string, Handler>>
