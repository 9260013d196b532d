/** What stands at the top of an imported plan: what all tags have in common, the Google tag, consent. */
import { inheritsConsent } from '../destinations/kinds.ts'
import { awaitedConsent, isMeasurementId, tableRows } from '../lift/meaning.ts'
import type { ReadEntity } from '../lift/read-container.ts'
import { googleTagOf, isGoogleTag } from '../lift/worlds.ts'
import type { PlanDocument, Source } from '../plan/plan-types.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { soleVariableIn } from '../resources/braces.ts'
import type { TagSpec } from '../resources/resource.ts'
import type { Comment, Settings } from './document.ts'
import type { destinationsOf } from './environments.ts'
import type { Choice, Context } from './lifting.ts'
import { idFrom, oneLine, titleFrom } from './names.ts'
import type { Vendors } from './vendor-tags.ts'

/** The settings variable, when all tags have the same one. */
export function sharedSettings(tags: readonly ReadEntity<TagSpec>[], { world, read }: Context) {
  const names = new Set(
    tags.map(({ spec }) =>
      typeof spec.parameters.eventSettingsVariable === 'string'
        ? soleVariableIn(spec.parameters.eventSettingsVariable)
        : undefined,
    ),
  )
  const [name, ...others] = names
  const variable = name === undefined || others.length > 0 ? undefined : world.variable(name)
  if (name === undefined || variable === undefined) return undefined
  const said = (table: Parameters<typeof tableRows>[0]): [string, Source][] | undefined => {
    const rows: [string, Source][] = []
    for (const [row, text] of tableRows(table)) {
      const source = read(text)
      if (source === undefined) return undefined
      rows.push([row, source])
    }
    return rows
  }
  const parameters = said(variable.parameters.eventSettingsTable)
  const userProperties = said(variable.parameters.userProperties)
  return parameters === undefined || userProperties === undefined
    ? undefined
    : { name, parameters, userProperties }
}

/** The Google tag of the events' measurement id, when there is exactly one. */
export function theGoogleTag({ container, world }: Context, main: unknown): ReadEntity<TagSpec> | undefined {
  const found = container.tags.filter(
    ({ spec }) => isGoogleTag(spec) && canonicalJson([googleTagOf(spec, world).id]) === canonicalJson([main]),
  )
  const [only, ...more] = found
  return more.length > 0 || only?.spec.type !== 'googtag' ? undefined : only
}

/** The measurement id of the only Google tag. */
export function loadedId({ container, world }: Context): string | undefined {
  const [id, ...others] = new Set(
    container.tags.flatMap(({ spec }) => (isGoogleTag(spec) ? [googleTagOf(spec, world).id] : [])),
  )
  return others.length === 0 && typeof id === 'string' && isMeasurementId(id) ? id : undefined
}

type ConsentSaid = Pick<NonNullable<PlanDocument['consent']>, 'mode' | 'requires'>

/**
 * Where all GA4 events wait for the same consent, and the Google tag with them, that is the plan's. Where a tag says that it
 * needs no additional consent, or takes it from GTM, somebody has thought of consent.
 *
 * @param google the Google tag that the plan would make
 */
export function consentOf(
  tags: readonly ReadEntity<TagSpec>[],
  google: ReadEntity<TagSpec> | undefined,
  { container }: Pick<Context, 'container'>,
): ConsentSaid {
  const [first, ...others] = new Set(
    [...tags, ...(google === undefined ? [] : [google])].map(({ spec }) =>
      [...awaitedConsent(spec)].sort().join(),
    ),
  )
  if (first !== undefined && first !== '' && others.length === 0)
    return { mode: 'basic', requires: first.split(',') as NonNullable<ConsentSaid['requires']> }
  const isThoughtOf =
    tags.some(({ spec }) => spec.consent.status === 'notNeeded') ||
    container.tags.some(({ spec }) => inheritsConsent(spec))
  return { mode: isThoughtOf ? 'advanced' : 'none' }
}

function consentComment({ mode }: ConsentSaid, tags: readonly ReadEntity<TagSpec>[]): string {
  if (mode === 'basic') return 'what the Google tag and all GA4 events wait for'
  if (mode === 'advanced') return 'the tags need no additional consent; those that do say so themselves'
  return tags.some(({ spec }) => awaitedConsent(spec).length > 0)
    ? 'the tags do not all wait for consent; those that do say so themselves'
    : 'the tags look at no consent beyond what Google does by itself'
}

export function settingsFrom(
  { container, world, options }: Context,
  {
    destinations,
    settings,
    google,
    choice,
    tags,
    consent,
    vendors,
    userData,
  }: {
    readonly destinations: ReturnType<typeof destinationsOf>
    readonly settings: ReturnType<typeof sharedSettings>
    readonly google: ReadEntity<TagSpec> | undefined
    readonly choice: Choice
    readonly tags: readonly ReadEntity<TagSpec>[]
    readonly consent: ConsentSaid
    readonly vendors: Vendors
    readonly userData: NonNullable<PlanDocument['userData']>
  },
): Settings {
  const comments: Comment[] = [...destinations.comments, ...vendors.comments]
  if (settings !== undefined && settings.parameters.length > 0)
    comments.push({
      at: '/sharedParameters',
      text: `what the settings variable "${oneLine(settings.name)}" gives to every event`,
    })
  const server =
    google === undefined ? undefined : googleTagOf(google.spec, world).config.server_container_url
  comments.push({ at: '/consent', text: consentComment(consent, tags) })
  comments.push({
    at: '/googleTag',
    text:
      google === undefined
        ? choice.managed
          ? 'the plan makes no Google tag: this container has none for this measurement id, several, or one of the kind before 2023'
          : 'the Google tag has settings that a plan has no word for, so it stays as it is'
        : `as the tag "${oneLine(google.name)}" is`,
  })
  return {
    plan: idFrom(container.name === '' ? container.publicId : container.name, new Set(), 30),
    title: titleFrom(container.name, container.publicId === '' ? 'Imported plan' : container.publicId),
    environments: destinations.environments,
    ...(destinations.measurementIdFrom === undefined
      ? {}
      : { measurementIdFrom: destinations.measurementIdFrom }),
    consent,
    googleTag: google === undefined ? 'existing' : 'managed',
    ...(typeof server === 'string' && server.startsWith('https://') ? { transportUrl: server } : {}),
    sharedParameters: Object.fromEntries(settings?.parameters ?? []),
    userProperties: Object.fromEntries(settings?.userProperties ?? []),
    vendors: vendors.destinations,
    userData,
    keyEvents: new Set(options.ga4?.keyEvents ?? []),
    ...(options.ga4 !== undefined && choice.isRegistered && Object.keys(options.ga4.parameters).length > 0
      ? { parameters: options.ga4.parameters }
      : {}),
    comments,
  }
}
