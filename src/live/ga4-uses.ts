/**
 * What other plans use on a GA4 property, read from their containers: GA4 itself keeps no record of it. A plan lists its key
 * events for each property; the parameters that its tags send are those whose dimensions and metrics it relies on.
 */
import type { Value } from '../resources/resource.ts'
import { versionVariableKey } from '../resources/key.ts'
import { listedOf, settingIdentity } from './listed.ts'
import { ownerOf } from './container.ts'
import { isOf, type Container, type Ga4Use, type Owner } from './live.ts'

/**
 * @param property its number
 * @param owner whose own uses are left out
 */
export function ga4UsesIn(
  container: Container,
  property: string,
  owner: Owner,
): readonly Omit<Ga4Use, 'container'>[] {
  const others = container.entities.flatMap((entity) => {
    const plan = ownerOf(entity)
    return plan === undefined || isOf(owner, plan) ? [] : [{ plan, entity }]
  })
  const lists = others.filter(
    ({ plan, entity: { kind, mark } }) => kind === 'gtm/variable' && mark?.key === versionVariableKey(plan),
  )
  const keyEvents = lists.flatMap(({ plan, entity }) =>
    listedOf(entity.notes)
      .keyEvents.filter((listed) => listed.property === property && listed.leaving === undefined)
      .map(({ event, hash }) => ({ plan, identity: `ga4/key-event ${event}`, hash })),
  )
  const settings = lists.flatMap(({ plan, entity }) =>
    listedOf(entity.notes)
      .settings.filter((listed) => listed.property === property)
      .map(({ thing, field, hash }) => ({ plan, identity: settingIdentity(thing, field), hash })),
  )
  // Every plan has a goal, and every goal is a key event: who lists none here is on another property.
  const onProperty = new Set(keyEvents.map((use) => use.plan))
  const sent = others
    .filter(({ plan }) => onProperty.has(plan))
    .flatMap(({ plan, entity: { spec } }) =>
      ('parameters' in spec ? rowNames(spec.parameters) : []).flatMap((name) =>
        SCOPES.map((scope) => ({ plan, identity: `${scope} ${name}` })),
      ),
    )
  return [...keyEvents, ...settings, ...sent]
}

const SCOPES = [
  'ga4/custom-dimension EVENT',
  'ga4/custom-dimension USER',
  'ga4/custom-dimension ITEM',
  'ga4/custom-metric EVENT',
]

/** The first column of every table of names and values: `parameter` of events, `name` of user properties. */
function rowNames(value: Value | { readonly [name: string]: Value }): readonly string[] {
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap(rowNames)
  if (typeof value !== 'object') return []
  const fields = value as { readonly [name: string]: Value }
  const named = [fields.parameter, fields.name].filter((each): each is string => typeof each === 'string')
  return [...named, ...Object.values(fields).flatMap(rowNames)]
}
