import { destinationModule, destinationOf, tagType } from '../destinations/kinds.ts'
import { isMark } from '../destinations/vendor-script.ts'
import { fieldWords, parameterWords, textWords, valueWords, type Said, type Variables } from './said.ts'
import { parametersToWire, type RefsIn, type RefsOut, type WireParameter } from '../resources/parameters.ts'
import { CONSENT_DEFAULTS, isTakenIn, keyIn, partsOf, withoutKeys } from '../resources/key.ts'
import { variablesIn } from '../resources/braces.ts'
import type { Resource, TagSpec, Value } from '../resources/resource.ts'
import { folderFrom, folderTo, notesTo, otherFields, parametersOf, SEQUENCE } from './entity.ts'
import { textOf, type EntityModule, type Sent } from './kind.ts'

const KNOWN_FIELDS = [
  'tagId',
  'type',
  'parameter',
  'firingTriggerId',
  'blockingTriggerId',
  'tagFiringOption',
  'paused',
  'consentSettings',
  'parentFolderId',
  ...SEQUENCE,
]

export const tag: EntityModule<'gtm/tag'> = {
  title: 'tag',
  titles: 'tags',
  mark: 'notes',
  removal: 'delete',
  list: 'tag',
  idField: 'tagId',
  fromWire: (sent, refs) => {
    const consent = (sent.consentSettings ?? {}) as { consentStatus?: string; consentType?: WireParameter }
    const { monitoringMetadata, ...other } = otherFields(sent, KNOWN_FIELDS)
    return {
      type: refs.template(textOf(sent.type)),
      parameters: parametersOf(sent, refs),
      firingTriggers: triggersOf(sent.firingTriggerId, refs),
      blockingTriggers: triggersOf(sent.blockingTriggerId, refs),
      firingOption: textOf(sent.tagFiringOption) || 'oncePerEvent',
      paused: sent.paused === true,
      consent: {
        status: consent.consentStatus ?? 'notSet',
        types: (consent.consentType?.list ?? []).map((item) => item.value ?? '').sort(),
      },
      ...folderFrom(sent, refs),
      other: {
        ...other,
        ...sequenceFrom(sent, refs),
        ...(isEmptyMap(monitoringMetadata) ? {} : { monitoringMetadata }),
      },
    }
  },
  toWire: ({ name, spec }, notes, refs) => {
    const types = spec.consent.types.map((value) => ({ type: 'template', value }))
    return {
      monitoringMetadata: { type: 'map' },
      ...spec.other,
      ...sequenceTo(spec.other, refs),
      name,
      type: refs.template(spec.type),
      ...notesTo(notes),
      parameter: parametersToWire(spec.parameters, refs),
      ...idsTo('firingTriggerId', spec.firingTriggers, refs),
      ...idsTo('blockingTriggerId', spec.blockingTriggers, refs),
      ...folderTo(spec.folder, refs),
      tagFiringOption: spec.firingOption,
      ...(spec.paused ? { paused: true } : {}),
      consentSettings: {
        consentStatus: spec.consent.status,
        // Present exactly when consent is needed, in every real container.
        ...(spec.consent.status === 'needed' ? { consentType: { type: 'list', list: types } } : {}),
      },
    }
  },
  words: (resource, variables) => [
    // Of what the plan makes itself the rest of the words say what sort of tag it is.
    ...(isTakenIn(resource) ? [['Type', tagTypeWords(resource.spec.type)] as const] : []),
    ...tagWords(resource.spec, variables),
  ],
}

/** Which triggers fire a tag is a set. */
function triggersOf(ids: unknown, refs: RefsIn): string[] {
  return ((ids ?? []) as string[]).map(refs.trigger).sort()
}

function idsTo(field: string, triggers: readonly string[], refs: RefsOut): Sent {
  return triggers.length === 0 ? {} : { [field]: triggers.map(refs.trigger) }
}

/** Tags before and after it are called by name, so they are references like any other. */
function sequenceFrom(sent: Sent, refs: RefsIn): Sent {
  return inSequence(sent, ({ tagName, ...rest }) => ({ tag: { $tag: refs.tag(textOf(tagName)) }, ...rest }))
}

function sequenceTo(other: Sent, refs: RefsOut): Sent {
  return inSequence(other, ({ tag, ...rest }) => ({
    tagName: refs.tag((tag as { readonly $tag: string }).$tag),
    ...rest,
  }))
}

function inSequence(sent: Sent, rewrite: (each: Sent) => Sent): Sent {
  return Object.fromEntries(
    SEQUENCE.flatMap((field) => {
      const tags = sent[field] as readonly Sent[] | undefined
      return tags === undefined ? [] : [[field, tags.map(rewrite)]]
    }),
  )
}

function isEmptyMap(metadata: unknown): boolean {
  return metadata === undefined || ((metadata as WireParameter).map ?? []).length === 0
}

const FIRES: { readonly [option: string]: string } = {
  oncePerEvent: 'once per event',
  oncePerLoad: 'once per page',
  unlimited: 'unlimited',
}

/** What leaves the site for another than GA4, in a line; the code that does it is no news then. */
function goingWords(spec: Resource<'gtm/tag'>['spec'], variables: Variables): Said {
  if (typeof spec.parameters.html === 'string' && isMark(spec.parameters.html))
    return [['Marks', 'that consent was there with the page']]
  const found = destinationOf(spec)
  if (found === undefined || found.kind === 'ga4') return []
  const { title } = destinationModule(found.kind)
  if (found.event !== undefined) return [[`Sent to ${title}`, `as ${valueWords(found.event, variables)}`]]
  return [['Loads', found.part === undefined ? title : `${title} (${found.part})`]]
}

const SEQUENCE_WORDS = { setupTag: 'Runs after', teardownTag: 'Cleaned up by' } as const

/** Order, days, and what the plan has no words for. */
function otherWords({
  setupTag,
  teardownTag,
  priority,
  scheduleStartMs,
  scheduleEndMs,
  ...rest
}: Sent): Said {
  const sequence = { setupTag, teardownTag }
  return [
    ...SEQUENCE.flatMap((field) => {
      const tags = (sequence[field] ?? []) as readonly { readonly tag?: { readonly $tag?: string } }[]
      return textWords(SEQUENCE_WORDS[field], tags.map(({ tag }) => withoutKeys(tag?.$tag ?? '')).join(', '))
    }),
    ...textWords('Priority', textOf((priority as { readonly value?: unknown } | undefined)?.value)),
    ...textWords('Runs from', momentWords(scheduleStartMs)),
    ...textWords('Runs until', momentWords(scheduleEndMs)),
    ...fieldWords('', rest),
  ]
}

/** Google's milliseconds as text: `2026-11-28 20:00 UTC`. */
function momentWords(milliseconds: unknown): string {
  const moment = Number(textOf(milliseconds))
  return textOf(milliseconds) === '' || !Number.isFinite(moment)
    ? ''
    : `${new Date(moment).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function readWords(html: Value | undefined, variables: Variables): Said {
  const names = typeof html === 'string' ? [...new Set(variablesIn(html))] : []
  return textWords('Reads', names.map((name) => valueWords(`{{${name}}}`, variables)).join(', '))
}

/** `elsewhere: denied ad_storage; AE, SA: granted ad_storage`, of the tag that sets what holds before a visitor has chosen. */
function defaultsWords({ type, parameters }: TagSpec): Said {
  const { id } = partsOf(keyIn(type) ?? '')
  if (id !== CONSENT_DEFAULTS || !Array.isArray(parameters.defaults)) return []
  const rows = (parameters.defaults as readonly Sent[]).map((row) => {
    const list = (field: string): string => textOf(row[field]).replaceAll(',', ', ')
    const states = (['granted', 'denied'] as const).flatMap((state) =>
      list(state) === '' ? [] : [`${state} ${list(state)}`],
    )
    return `${list('regions') || 'elsewhere'}: ${states.join(' and ')}`
  })
  return [['Before consent', rows.join('; ')]]
}

/** What GTM calls a type of tags, where that is known. */
export function tagTypeWords(type: string): string {
  return tagType(type)?.title ?? TAG_TYPES[type] ?? type
}

/** Types that are no vendor's. */
const TAG_TYPES: { readonly [type: string]: string } = {
  html: 'Custom HTML',
  img: 'Custom Image',
}

function tagWords(spec: Resource<'gtm/tag'>['spec'], variables: Variables): Said {
  const { eventName, ...said } = spec.parameters
  const beforeConsent = defaultsWords(spec)
  const rest = beforeConsent.length === 0 ? said : withoutField(said, 'defaults')
  const foreign = spec.firingTriggers.filter((ref) => !ref.startsWith('@'))
  const goesTo = goingWords(spec, variables)
  // Of a vendor's script only what it reads is news; a team's own code is shown whole.
  const { html, ...others } = goesTo.length > 0 ? rest : { ...rest, html: undefined }
  return [
    ...goesTo,
    ...beforeConsent,
    ...(eventName === undefined || eventName === ''
      ? []
      : [['Event', valueWords(eventName, variables)] as const]),
    ...parameterWords(html === undefined ? rest : others, variables, destinationOf(spec)?.kind),
    ...readWords(html, variables),
    ...textWords('Fires', FIRES[spec.firingOption] ?? spec.firingOption),
    ['Consent', consentWords(spec)],
    ...(foreign.length === 0 ? [] : [['Fires on', foreign.join(', ')] as const]),
    ['Paused', spec.paused ? 'yes' : 'no'],
    ...otherWords(spec.other),
  ]
}

function withoutField<T extends object>(fields: T, field: string): T {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== field)) as T
}

/** Whether GA4 is who hears of it: the Google tag, or an event. */
export function isGa4Tag(spec: TagSpec): boolean {
  return destinationOf(spec)?.kind === 'ga4'
}

/** One word for whatever it is, so that a change from one to another is one line. */
function consentWords(spec: Resource<'gtm/tag'>['spec']): string {
  const { status, types } = spec.consent
  if (status === 'needed') return `requires ${types.join(', ')}`
  if (status === 'notSet') return 'not looked at'
  const found = destinationOf(spec)
  const adapts = found === undefined ? spec.type !== 'html' : destinationModule(found.kind).adapts
  return adapts ? 'as the tag looks at it by itself' : 'not waited for'
}
