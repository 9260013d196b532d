/** What changes at GA4 mean for reports: said before, because most of it cannot be put right afterwards. */
import { GA4, ga4Identities, ga4Identity, isGa4, isReplaced } from '../kinds/kinds.ts'
import type { Resource } from '../resources/resource.ts'
import { thingText } from '../words/change-words.ts'
import { keyEventDangers, newKeyEvents, noKeyEvents } from '../words/dangers.ts'
import { danger } from './dangers.ts'
import { isLeft } from './resource-changes.ts'
import type { Consequence, ResourceChange } from './review.ts'

type Definition = Resource<'ga4/custom-dimension' | 'ga4/custom-metric'>

export function consequencesOf(
  changes: readonly ResourceChange[],
  before: readonly Resource[],
  after: readonly Resource[],
): Consequence[] {
  return [
    ...keyEvents(changes),
    ...definitions(changes, before, after),
    ...counting(changes),
    ...changes.filter(({ kind }) => kind === 'ga4/audience').flatMap(audience),
    ...left(before, after),
  ]
}

/** Settings, links and rules carry no mark, so nothing of them is taken back. */
function left(before: readonly Resource[], after: readonly Resource[]): Consequence[] {
  const kept = new Set(after.filter(isGa4).flatMap(ga4Identities))
  return before
    .filter(isGa4)
    .filter((resource) => isLeft(resource.kind) && !kept.has(ga4Identity(resource)))
    .map((resource) =>
      note(
        `The plan no longer states ${GA4[resource.kind].singleton ? `the ${GA4[resource.kind].title}` : thingText(resource)}: it stays in GA4 as it is.`,
      ),
    )
}

/** https://support.google.com/analytics/answer/9267572 */
function audience({ action, kind, name, fields }: ResourceChange): Consequence[] {
  if (action === 'create')
    return [
      note(
        `New audience "${name}": visitors join it from the day of the apply; in Google Ads it holds those of the last 30 days at most.`,
      ),
    ]
  const isGone = action === 'delete'
  if (!isGone && !isReplaced(kind, fields)) return []
  const text = isGone
    ? `Archives the audience "${name}": that cannot be undone, and campaigns that use it have nobody to show to.`
    : `The audience "${name}": ${GA4['ga4/audience'].replacing ?? ''}, in Google Ads too.`
  return [{ irreversible: true, dangerous: true, text }]
}

function keyEvents(changes: readonly ResourceChange[]): Consequence[] {
  const [added, removed] = [keyEventNames(changes, 'create'), keyEventNames(changes, 'delete')]
  return [
    ...(added.length === 0 ? [] : [danger(newKeyEvents(added))]),
    ...(removed.length === 0 ? [] : [danger(noKeyEvents(removed))]),
  ]
}

function keyEventNames(changes: readonly ResourceChange[], action: ResourceChange['action']): string[] {
  return changes
    .filter((change) => change.action === action && change.kind === 'ga4/key-event')
    .map(({ name }) => name)
}

/**
 * Neither the parameter nor the scope of a definition can be changed, archiving is for good, and whether the parameter
 * of an archived one can be registered again is not documented:
 * https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1beta/properties.customDimensions
 */
function definitions(
  changes: readonly ResourceChange[],
  before: readonly Resource[],
  after: readonly Resource[],
): Consequence[] {
  const added = definitionsOf(changes, 'create', after)
  const archived = definitionsOf(changes, 'delete', before)
  const successorOf = (old: Definition): Definition | undefined =>
    added.find((now) => now.kind === old.kind && (now.key === old.key || now.was?.includes(old.key)))
  const successors = new Set(archived.map(successorOf))
  const replaced = archived.flatMap((old) => {
    const now = successorOf(old)
    return now === undefined ? [] : [replacement(old, now)]
  })
  const gone = archived.filter((old) => successorOf(old) === undefined).map(archiving)
  const fresh = added.filter((one) => !successors.has(one)).map(registering)
  return [...gone, ...replaced, ...fresh]
}

function definitionsOf(
  changes: readonly ResourceChange[],
  action: ResourceChange['action'],
  resources: readonly Resource[],
): Definition[] {
  const changed = changes.filter((change) => change.action === action)
  return resources
    .filter(
      (one): one is Definition => one.kind === 'ga4/custom-dimension' || one.kind === 'ga4/custom-metric',
    )
    .filter((one) => changed.some(({ kind, key }) => kind === one.kind && key === one.key))
}

function kindWords(resource: Definition): string {
  if (resource.kind === 'ga4/custom-metric') return 'custom metric'
  return `${resource.spec.scope.toLowerCase()}-scoped custom dimension`
}

function archiving(old: Definition): Consequence {
  const text = `Archives the ${kindWords(old)} ${old.spec.parameterName}: that cannot be undone, and whether GA4 takes the parameter a second time is not documented.`
  return { irreversible: true, dangerous: true, text }
}

function replacement(old: Definition, now: Definition): Consequence {
  const text = `From ${old.spec.parameterName} (${kindWords(old)}) to ${now.spec.parameterName} (${kindWords(now)}) is a new definition to GA4: it starts empty, and the old one is archived, which cannot be undone.`
  return { irreversible: true, dangerous: true, text }
}

function registering(now: Definition): Consequence {
  return note(
    `New ${kindWords(now)} ${now.spec.parameterName}: GA4 reports on it from the day of the apply, not for the time before.`,
  )
}

function counting(changes: readonly ResourceChange[]): Consequence[] {
  return changes
    .filter(({ action, kind }) => kind === 'ga4/key-event' && action === 'update')
    .flatMap(keyEventDangers)
    .map(danger)
}

function note(text: string): Consequence {
  return { irreversible: false, dangerous: false, text }
}
