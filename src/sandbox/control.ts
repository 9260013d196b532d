/** The sandbox's own controls under `/_sandbox/`. Errors here are plain: `{ "error": "a sentence" }` with status 400. */
import { perform, readActs } from './acts.ts'
import { changeBehaviour } from './behaviour.ts'
import { addExportRows } from './data/exports.ts'
import { ensureAnyStream, ensureStream, ensureProperty } from './ga4/fresh.ts'
import { ensureContainer } from './gtm/fresh.ts'
import { containerView, versionView } from './gtm/view.ts'
import { QUOTA_MODES, type QuotaMode } from './quota.ts'
import { seedContainer } from './seed.ts'
import { isObject, type Entity } from './shape.ts'
import { renderState, stateFromJson, stateToJson } from './state-json.ts'
import type { World } from './world.ts'

export interface ControlAnswer {
  readonly status: number
  readonly text: string
}

type Control = (world: World, body: Entity) => unknown

const done = { ok: true }

const CONTROLS: Readonly<Record<string, Control>> = {
  'GET /_sandbox': () => ({ controls: CONTROL_NAMES }),

  'POST /_sandbox/reset': (world) => {
    world.reset()
    return done
  },

  /** A container export as Google writes it, or `{ "export": ... }`. */
  'POST /_sandbox/seed': (world, body) => {
    const container = seedContainer(world.store, body['export'] ?? body)
    const version = container.versions.get(container.liveVersionId)
    return {
      container: containerView(container.container),
      version: version && versionView(container, version),
    }
  },

  'GET /_sandbox/state': (world) => stateToJson(world.store.state),

  'PUT /_sandbox/state': (world, body) => {
    world.store.state = stateFromJson(body)
    world.store.revision++
    return done
  },

  'GET /_sandbox/requests': (world) => ({ requests: world.requests }),

  'DELETE /_sandbox/requests': (world) => {
    world.requests.length = 0
    return done
  },

  'GET /_sandbox/faults': (world) => ({ faults: world.faults.list() }),

  'POST /_sandbox/faults': (world, body) => {
    const inputs = Array.isArray(body['faults']) ? (body['faults'] as unknown[]) : [body]
    return { faults: inputs.map((input) => world.faults.add(input)) }
  },

  'DELETE /_sandbox/faults': (world) => {
    world.faults.clear()
    return done
  },

  /** What somebody else does now: one act, or `{ "acts": [...] }`. */
  'POST /_sandbox/act': (world, body) => ({ done: perform(world, readActs(body['acts'] ?? body)) }),

  /** Rows of the GA4 export for reports: `{ "property": "345", "rows": [...] }`; for every property without one. */
  'POST /_sandbox/ga4-export': (world, body) => {
    const { property, rows } = body
    if (!Array.isArray(rows)) throw new Error('"rows" is a list of rows of the export.')
    return { rows: addExportRows(world.store, rows as unknown[], property as string | undefined) }
  },

  'DELETE /_sandbox/ga4-export': (world) => {
    world.store.exports.clear()
    return done
  },

  /** `{ "answers": [{ "name": "micro-rate", "rows": [...] }], "tables": { "project.dataset.table": {...} } }` */
  'POST /_sandbox/bigquery': (world, body) => {
    world.store.bigquery.prepare(body)
    return done
  },

  /** What was prepared, and every statement that came. */
  'GET /_sandbox/bigquery': ({ store: { bigquery } }) => ({
    answers: bigquery.answers,
    statements: bigquery.statements,
    tables: [...bigquery.tables.values()],
  }),

  'DELETE /_sandbox/bigquery': (world) => {
    world.store.bigquery.reset()
    return done
  },

  'GET /_sandbox/quota': (world) => ({ mode: world.quota.mode, perMinute: world.quota.perMinute }),

  /** `dataTokens`: what the Data API gives a project an hour and property; it then refuses beyond that. */
  'POST /_sandbox/quota': (world, body) => {
    const { mode, perMinute, dataTokens } = body
    if (typeof dataTokens === 'number') world.store.tokens.reset(dataTokens)
    if (mode === undefined && dataTokens !== undefined) return done
    if (!QUOTA_MODES.includes(mode as QuotaMode)) throw new Error(`mode may be ${QUOTA_MODES.join(', ')}.`)
    world.quota.reset(mode as QuotaMode, typeof perMinute === 'number' ? perMinute : undefined)
    return done
  },

  'GET /_sandbox/clock': (world) => clockView(world),

  /** `{ "advanceMs": 60000 }`, `{ "freeze": true }`, `{ "freezeAt": 1767225600000 }`, `{ "freeze": false }` */
  'POST /_sandbox/clock': (world, body) => {
    const { clock } = world.store
    if (typeof body['freezeAt'] === 'number') clock.freeze(body['freezeAt'])
    if (body['freeze'] === true) clock.freeze()
    if (body['freeze'] === false) clock.thaw()
    if (typeof body['advanceMs'] === 'number') clock.advance(body['advanceMs'])
    return clockView(world)
  },

  'GET /_sandbox/behaviour': (world) => world.store.behaviour,

  'POST /_sandbox/behaviour': (world, body) => {
    world.store.behaviour = changeBehaviour(world.store.behaviour, body)
    return world.store.behaviour
  },

  /**
   * What a plan names comes into being, as new as it would be at Google: `{ "account": "6001", "container": "GTM-ABC123" }`
   * (for the web, or what `usageContext` says), `{ "property": "345", "measurementId": "G-ABC", "timeZone": "...", "currencyCode": "..." }`, or both in one.
   */
  'POST /_sandbox/ensure': (world, body) => ensure(world, body),
}

export const CONTROL_NAMES: readonly string[] = Object.keys(CONTROLS)

function clockView(world: World): Entity {
  const { clock } = world.store
  return { now: clock.now(), frozen: clock.frozen }
}

const USAGE_CONTEXTS: readonly unknown[] = [
  'web',
  'amp',
  'server',
  'android',
  'ios',
  'androidSdk5',
  'iosSdk5',
]
const contextWord = (container: Entity) => String((container['usageContext'] as string[])[0])

function ensure(world: World, body: Entity): Entity {
  const { account, container, usageContext, property, measurementId, webStream, timeZone, currencyCode } =
    body
  const answer: Record<string, unknown> = {}
  if (typeof container === 'string') {
    if (!/^GTM-[A-Z0-9]{3,12}$/.test(container))
      throw new Error(`"${container}" is not a container's public id.`)
    if (usageContext !== undefined && !USAGE_CONTEXTS.includes(usageContext))
      throw new Error(`usageContext may be ${USAGE_CONTEXTS.join(', ')}.`)
    const placed = ensureContainer(world.store, container, {
      ...(typeof account === 'string' && { accountId: account }),
      ...(typeof usageContext === 'string' && { usageContext }),
    })
    if (typeof account === 'string' && placed.container['accountId'] !== account) {
      throw new Error(`${container} stands in account ${String(placed.container['accountId'])} already.`)
    }
    if (usageContext !== undefined && contextWord(placed.container) !== usageContext)
      throw new Error(`${container} is a container for ${contextWord(placed.container)} already.`)
    answer['container'] = containerView(placed.container)
  }
  if (typeof property === 'string') {
    if (!/^\d{1,12}$/.test(property)) throw new Error(`"${property}" is not a property's number.`)
    const fields = {
      ...(typeof timeZone === 'string' && { timeZone }),
      ...(typeof currencyCode === 'string' && { currencyCode }),
    }
    answer['property'] = ensureProperty(world.store, property, fields)
    if (typeof measurementId === 'string')
      answer['dataStream'] = ensureStream(world.store, property, measurementId)
    // Of a plan that leaves its id out: one there is, or one that has an id by itself.
    else if (webStream === true) answer['dataStream'] = ensureAnyStream(world.store, property)
  }
  return answer
}

export function runControl(world: World, method: string, path: string, body: unknown): ControlAnswer {
  const control = CONTROLS[`${method} ${path.replace(/\/$/, '')}`]
  if (!control)
    return { status: 404, text: JSON.stringify({ error: `There is no control ${method} ${path}.` }) }
  try {
    const answer = control(world, isObject(body) ? body : {})
    // The state comes as the file has it, so that two of them can be compared byte by byte.
    const text =
      path.startsWith('/_sandbox/state') && method === 'GET'
        ? renderState(answer as Entity)
        : JSON.stringify(answer, null, 2)
    return { status: 200, text }
  } catch (error) {
    return {
      status: 400,
      text: JSON.stringify({ error: error instanceof Error ? error.message : String(error) }),
    }
  }
}
