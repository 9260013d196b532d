/**
 * What is left of a container once the plan has adopted what it says itself: a file in the form of GTM's export that the
 * plan takes in as it is. With the plan it is the whole container.
 */
import { checkPlan } from '../check/check.ts'
import { RULES } from '../check/rules/index.ts'
import type { Templates } from '../compile/templates.ts'
import { fieldProblems } from '../facts/entity-fields.ts'
import type { LeftOut } from '../lift/left-out.ts'
import type { ContainerVersion } from '../lift/parse-export.ts'
import { containerOf } from '../live/container.ts'
import type { Container } from '../live/live.ts'
import { ENTITY_LISTS, type EntityList } from '../plan/entities.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import { stepsOf } from '../plan/tree.ts'
import { toExportCasing, type Json } from '../resources/export-casing.ts'
import { adoptionsOf } from './adoptions.ts'
import { asParsed } from './as-parsed.ts'
import { compiledOf } from './compiled.ts'

export interface Rest {
  /** Undefined when nothing is left. */
  readonly file?: RestFile
  /** What the file does not hold either, with the reason. */
  readonly leftOut: readonly LeftOut[]
}

interface RestFile {
  readonly exportFormatVersion: 2
  readonly containerVersion: { readonly [list: string]: readonly Entity[] }
}

type Entity = { readonly [field: string]: Json }

/** Said anew by Google for every container. */
const OF_THE_CONTAINER = new Set([
  'accountId',
  'containerId',
  'workspaceId',
  'path',
  'fingerprint',
  'tagManagerUrl',
])

/** @param document the plan of the container */
export function restOf(version: ContainerVersion, document: PlanDocument, templates: Templates): Rest {
  const { read, leftOut } = readable(version)
  const container = containerOf(read, undefined)
  const taken = new Set(takenByPlan(container, document, templates))
  for (const { mark, remote, kind, name } of container.entities) {
    if (mark === undefined || taken.has(remote.sent)) continue
    taken.add(remote.sent)
    leftOut.push({
      kind: nounOf(kind.slice('gtm/'.length)),
      name,
      code: 'of-another-plan',
      reason: `it is the plan ${mark.plan}'s`,
    })
  }
  const lists = Object.fromEntries(
    [...ENTITY_LISTS, 'customTemplate'].map((list) => [
      list,
      (read[list] ?? []).filter((entity) => !taken.has(entity)),
    ]),
  )
  const version2 = toExportCasing(lists) as { readonly [list: string]: readonly Entity[] }
  const bare = Object.fromEntries(
    Object.entries(version2).map(([list, entities]) => [list, entities.map(withoutContainer)]),
  )
  const kept = withoutRefused(bare, leftOut)
  const full = Object.entries(kept).filter(([, entities]) => entities.length > 0)
  return {
    ...(full.length === 0
      ? {}
      : { file: { exportFormatVersion: 2, containerVersion: Object.fromEntries(full) } }),
    leftOut,
  }
}

/** The lists of a container without what has not the form of an entity. */
function readable(version: ContainerVersion): {
  readonly read: { readonly [list: string]: readonly Entity[] }
  readonly leftOut: LeftOut[]
} {
  const leftOut: LeftOut[] = []
  const read = Object.fromEntries(
    [...ENTITY_LISTS, 'customTemplate', 'builtInVariable'].map((list) => {
      const items = Object.hasOwn(version, list) ? version[list] : undefined
      const entities = (Array.isArray(items) ? (items as readonly Json[]) : []).filter((entity) => {
        if (!isEntityList(list)) return isRecord(entity)
        const [exported] = (toExportCasing({ [list]: [entity] }) as { [list: string]: readonly Json[] })[
          list
        ] ?? [null]
        const [problem] = fieldProblems(`gtm/${list}`, exported, 'export')
        if (problem === undefined) return true
        const { name } = isRecord(entity) ? entity : {}
        leftOut.push({
          kind: nounOf(list),
          name: typeof name === 'string' ? name : '',
          code: 'not-an-entity',
          reason: `it is no ${list} of GTM's: ${problem.steps.join('.')} ${problem.says}`,
        })
        return false
      })
      return [list, entities as readonly Entity[]]
    }),
  )
  return { read, leftOut }
}

/** What adopting gives to conversions and shared things of the plan. */
function takenByPlan(container: Container, document: PlanDocument, templates: Templates): readonly object[] {
  const { resources } = compiledOf(document, templates)
  const { adoptions } = adoptionsOf(resources, container, document.plan, new Map())
  return [...adoptions.values()].map(({ remote }) => remote.sent)
}

/** The lists without what the rules refuse, one after the other, since one may refer to the next. */
function withoutRefused(
  lists: { readonly [list: string]: readonly Entity[] },
  leftOut: LeftOut[],
): { readonly [list: string]: readonly Entity[] } {
  const rules = RULES.filter(({ code }) => code.startsWith('entities-'))
  let kept = lists
  for (;;) {
    const document = { entities: [{ containerVersion: kept }] }
    const { diagnostics } = checkPlan(asParsed(document), { today: '', rules })
    const refused = new Map<string, string>()
    for (const { at = '', code, message } of diagnostics) {
      const [, , , list = '', index = ''] = stepsOf(at)
      if (rules.some((rule) => rule.code === code) && index !== '') refused.set(`${list} ${index}`, message)
    }
    if (refused.size === 0) return kept
    kept = Object.fromEntries(
      Object.entries(kept).map(([list, entities]) => [
        list,
        entities.filter((entity, index) => {
          const reason = refused.get(`${list} ${index}`)
          if (reason !== undefined)
            leftOut.push({
              kind: nounOf(list),
              name: String(entity.name),
              code: 'plan-refuses-it',
              reason: reason.replace(/\.$/, ''),
            })
          return reason === undefined
        }),
      ]),
    )
  }
}

function withoutContainer(entity: Entity): Entity {
  return Object.fromEntries(Object.entries(entity).filter(([field]) => !OF_THE_CONTAINER.has(field)))
}

function nounOf(list: string): LeftOut['kind'] {
  return isEntityList(list) ? list : 'other'
}

function isEntityList(list: string): list is EntityList {
  return (ENTITY_LISTS as readonly string[]).includes(list)
}

function isRecord(value: Json): value is Entity {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
