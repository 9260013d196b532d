/**
 * Tags of other vendors as destinations of the plan: a base is what loads one, an event is what a conversion sends there.
 * A tag of an event is the plan's only where it is fired at just the moments of GA4 events that are in the plan; what it says
 * there is proposed in the fewest words first, and compile judges.
 */
import { destinationOf, moduleFor } from '../destinations/kinds.ts'
import type { Recognised, SaidInGtm } from '../destinations/module.ts'
import { usualName } from '../destinations/sends.ts'
import { waitsFor } from '../destinations/waits-for.ts'
import { BUILT_IN_TYPES } from '../facts/built-ins.ts'
import { awaitedConsent, type World } from '../lift/meaning.ts'
import { firedApart } from '../lift/exceptions.ts'
import { withConstants, type ReadContainer, type ReadEntity } from '../lift/read-container.ts'
import { optional } from '../plan/optional-field.ts'
import type { ConsentType, Plan } from '../plan/plan.ts'
import type { Micro, PlanDocument, Source } from '../plan/plan-types.ts'
import { holdsBraces, mapReferences, variablesIn } from '../resources/braces.ts'
import type { TagSpec } from '../resources/resource.ts'
import { actsOf, runByThen, whenOf } from './acts.ts'
import { triggerOf, type Why } from './conversion.ts'
import type { Comment } from './document.ts'
import type { Candidate, Choice, Context } from './lifting.ts'
import { idFrom, oneLine } from './names.ts'
import type { UserDataSaid } from './user-data-said.ts'

type DestinationDocument = NonNullable<PlanDocument['destinations']>[string]
type Sent = NonNullable<Micro['send']>[string]
type Module = ReturnType<typeof moduleFor>
type ConsentMode = Plan['consent']['mode']
export type Vendor = DestinationDocument['kind']

export interface VendorTag {
  readonly tag: ReadEntity<TagSpec>
  readonly kind: Vendor
  /** With constants written out. */
  readonly recognised: Recognised
  readonly said: SaidInGtm
}

export interface PlacedTag extends VendorTag {
  /** The destination's id in the plan. */
  readonly destination: string
  /** As `existing` of a choice has it; none of plain code. */
  readonly account?: string
  /** The conversions that send what it sends; none of a base. */
  readonly conversions: readonly Candidate[]
}

export interface Vendors {
  readonly destinations: { readonly [id: string]: DestinationDocument }
  readonly placed: readonly PlacedTag[]
  /** The candidates, with what they send to vendors. */
  readonly candidates: readonly Candidate[]
  readonly comments: readonly Comment[]
}

/** Longer code is for a file of its own, which an import does not write. */
const HTML = 1500

/** The tags of a container that destinations may come from. */
export function vendorTagsOf({ tags, readable }: ReadContainer): readonly VendorTag[] {
  return tags.flatMap((tag): VendorTag[] => {
    const found = destinationOf(tag.spec)
    if (found?.kind === 'ga4') return []
    if (found === undefined)
      return tag.spec.type === 'html' ? [{ tag, kind: 'html', recognised: {}, said: {} }] : []
    const { kind, ...recognised } = found
    const plain = (text: string | undefined): string | undefined => text && withConstants(text, readable)
    return [
      {
        tag,
        kind,
        recognised: {
          ...recognised,
          ...optional('id', plain(recognised.id)),
          ...optional('event', plain(recognised.event)),
        },
        said: moduleFor({ kind }).said?.(tag.spec) ?? {},
      },
    ]
  })
}

/** Every text that the plan may come to read for them. */
export function textsOfVendors(tags: readonly VendorTag[]): readonly string[] {
  return tags.flatMap(({ said: { value, currency, id, parameters = {} } }) =>
    [value, currency, id, ...Object.values(parameters)].filter((text) => typeof text === 'string'),
  )
}

/** The texts of the visitor's own data, where a vendor takes them field by field. */
export function fieldsOfVendors(tags: readonly VendorTag[]): readonly string[] {
  return tags.flatMap(({ said: { fields = {} } }) => Object.values(fields))
}

/** Every variable in code that the plan may come to hold. */
export function textsOfCode(tags: readonly VendorTag[]): readonly string[] {
  return tags.flatMap(({ tag: { spec } }) => {
    const code = spec.type === 'html' ? String(spec.parameters.html ?? '') : ''
    return code.length > HTML ? [] : variablesIn(code).map((name) => `{{${name}}}`)
  })
}

interface Account {
  readonly kind: Vendor
  readonly id: string
  readonly bases: readonly VendorTag[]
  readonly events: readonly VendorTag[]
}

/** @param mode of consent in the plan. Tags that have no place join `refused`. */
export function placeVendors(
  tags: readonly VendorTag[],
  candidates: readonly Candidate[],
  { world, read, container, inSequence, names }: Context,
  {
    choice,
    refused,
    mode,
    userData,
  }: {
    readonly choice: Choice
    readonly refused: Map<ReadEntity<TagSpec>, Why>
    readonly mode: ConsentMode
    readonly userData: UserDataSaid
  },
): Vendors {
  const destinations: { [id: string]: DestinationDocument } = {}
  const comments: Comment[] = []
  const sends = new Map<number, { [destination: string]: Sent }>()
  const placed: (Omit<PlacedTag, 'conversions'> & { readonly indexes: readonly number[] })[] = []
  const ids = new Set<string>()
  const idOf = (name: string): string => {
    const id = idFrom(name, ids)
    ids.add(id)
    return id
  }
  const whens = candidates.map(({ events }) => new Set(events.hits.map(whenOf)))
  const open = tags.filter(({ tag }) => !refused.has(tag))
  const asIs = open.filter(({ tag, kind }) => kind === 'html' || choice.asHtml.has(tag))
  const ofVendors = open.filter((each) => !asIs.includes(each))
  /** A script is code at least. */
  const putOff = (each: VendorTag, why: Why): void => {
    if (each.tag.spec.type === 'html') asIs.push(each)
    else refused.set(each.tag, why)
  }

  for (const account of accountsOf(ofVendors, tags, refused)) {
    const { kind, id: vendorId, events } = account
    const module = moduleFor({ kind })
    const key = accountKey(account)
    const bases = account.bases.filter(({ tag }) => !refused.has(tag))
    const loads =
      bases.some(({ recognised: { part } }) => part !== 'remarketing') && !choice.existing.has(key)
    const canExist = module.options.includes('loader')
    const taken = inSlots(events, {
      canExist,
      title: module.title,
      coverOf: (event) =>
        whyNotEvent(event, module, canExist || loads) ??
        coverOf(event.tag, whens, candidates, world, inSequence),
      putOff,
    })
    if (bases.length === 0 && taken.length === 0) continue
    for (let slot = 0; slot <= Math.max(0, ...taken.map((each) => each.slot)); slot++) {
      const own = taken.filter((each) => each.slot === slot)
      const isFirst = slot === 0
      // Where something else loads the vendor, its other tags of every page are still the plan's.
      const isOurs = ({ recognised: { part } }: VendorTag): boolean =>
        loads || !canExist || (part !== undefined && part !== 'linker')
      const used = isFirst ? bases.filter(isOurs) : []
      const id = idOf(kind)
      const [sample] = [...used, ...own]
      const base = used.find(({ said }) => Object.keys(said.fields ?? {}).length > 0)
      const region = [...used, ...own].find(({ said }) => said.region !== undefined)?.said.region
      const hasPart = (part: string): boolean => used.some(({ recognised }) => recognised.part === part)
      destinations[id] = {
        kind,
        id: vendorId,
        ...(region === undefined ? {} : { region }),
        ...(hasPart('remarketing') ? { remarketing: true } : {}),
        ...(canExist && !(isFirst && loads) ? { loader: 'existing' as const } : {}),
        ...(base === undefined ? {} : optional('userData', userData.ofFields(base.said.fields ?? {}, kind))),
        ...consentFor(kind, mode, sample),
      }
      comments.push({ at: `/destinations/${id}`, text: `as the tag "${oneLine(sample?.tag.name ?? '')}" is` })
      for (const each of used) placed.push({ ...each, destination: id, account: key, indexes: [] })
      for (const each of own) {
        const said = sentBy(each, module, {
          read,
          userData,
          spelled: choice.spelled.get(each.tag) ?? new Set(),
        })
        if ('reason' in said) {
          refused.set(each.tag, said)
          continue
        }
        for (const index of each.indexes)
          sends.set(index, {
            ...sends.get(index),
            [id]: said.send === usualName(module, candidates[index]?.said.event ?? '') ? true : said.send,
          })
        placed.push({ ...each, destination: id, account: key })
        comments.push(...ranBefore(each.tag, id, world))
      }
    }
  }

  const own = new Set(container.variables.map(({ name }) => name))
  for (const each of asIs) {
    const { tag } = each
    const found = asHtml(each, mode, { world, read, names }, own)
    if ('reason' in found) {
      refused.set(tag, found)
      continue
    }
    const id = idOf(tag.name)
    destinations[id] = found
    comments.push({ at: `/destinations/${id}`, text: `the code of the tag "${oneLine(tag.name)}"` })
    comments.push(...ranBefore(tag, id, world))
    placed.push({ ...each, kind: 'html', destination: id, indexes: [] })
  }

  const withSends = candidates.map((candidate, index) => {
    const send = sends.get(index)
    return send === undefined ? candidate : { ...candidate, said: { ...candidate.said, send } }
  })
  // A destination that lost its last tag on the way is none.
  const used = new Set(placed.map(({ destination }) => destination))
  return {
    destinations: Object.fromEntries(Object.entries(destinations).filter(([id]) => used.has(id))),
    candidates: withSends,
    placed: placed.map(({ indexes, ...each }) => ({
      ...each,
      conversions: indexes.flatMap((index) => withSends[index] ?? []),
    })),
    comments: comments.filter(({ at }) => used.has(at.split('/')[2] ?? '')),
  }
}

/** What of a tag's sequence is left out because it changes nothing, in words. */
function ranBefore(tag: ReadEntity<TagSpec>, destination: string, world: World): readonly Comment[] {
  return runByThen(tag.spec, world).map((name) => ({
    at: `/destinations/${destination}`,
    text: `the tag "${oneLine(tag.name)}" asks for "${oneLine(name)}", which every page has fired by then, once: it is not asked for again`,
  }))
}

interface SlottedTag extends VendorTag {
  /** Of the conversions that send what it sends. */
  readonly indexes: readonly number[]
  /** Which entry of its account it goes to. */
  readonly slot: number
}

/** One conversion says one thing to one destination; a second thing is for a second entry of the same account, where there may be one. */
function inSlots(
  events: readonly VendorTag[],
  {
    canExist,
    title,
    coverOf: conversionsOf,
    putOff,
  }: {
    readonly canExist: boolean
    readonly title: string
    readonly coverOf: (event: VendorTag) => { readonly indexes: readonly number[] } | Why
    readonly putOff: (event: VendorTag, why: Why) => void
  },
): readonly SlottedTag[] {
  const taken: SlottedTag[] = []
  const slots: number[] = []
  for (const event of events) {
    const found = conversionsOf(event)
    if ('reason' in found) {
      putOff(event, found)
      continue
    }
    const slot = Math.max(...found.indexes.map((index) => slots[index] ?? 0))
    if (slot > 0 && !canExist) {
      putOff(event, {
        code: 'sent-there-already',
        reason: `a conversion of the plan sends ${title} something else at these moments`,
      })
      continue
    }
    for (const index of found.indexes) slots[index] = slot + 1
    taken.push({ ...event, indexes: found.indexes, slot })
  }
  return taken
}

/** Code as a destination of its own. @param own names of the container's variables */
function asHtml(
  each: VendorTag,
  mode: ConsentMode,
  context: Pick<Context, 'world' | 'read' | 'names'>,
  own: ReadonlySet<string>,
): DestinationDocument | Why {
  const { tag } = each
  const code = String(tag.spec.parameters.html ?? '')
  const specs = tag.spec.firingTriggers.flatMap((ref) => context.world.trigger(ref) ?? [])
  const found =
    whyNotHtml(tag, code) ??
    (specs.length < tag.spec.firingTriggers.length
      ? { code: 'trigger-is-missing', reason: 'a trigger that fires it is not in the container' }
      : triggerOf(
          tag.spec,
          specs.flatMap((spec) => firedApart(spec, tag.spec, context.world.trigger)),
          context,
        ))
  if ('reason' in found) return found
  const { html, values } = valuesIn(code, context.read, own)
  return {
    kind: 'html',
    trigger: found.trigger,
    // Lines are taken as they are, with what is JavaScript's in them.
    html: html.includes('${') ? html.split('\n') : html,
    ...(Object.keys(values).length === 0 ? {} : { with: values }),
    ...consentFor('html', mode, each),
  }
}

/** Code whose variables are values of the plan, as far as it has words for them. */
function valuesIn(
  code: string,
  read: Context['read'],
  own: ReadonlySet<string>,
): { readonly html: string; readonly values: { readonly [name: string]: Source } } {
  const names = [...new Set(variablesIn(code))]
  const taken = new Set(names)
  const said = new Map<string, { readonly id: string; readonly source: Source }>()
  for (const name of names) {
    const source = read(`{{${name}}}`)
    if (source === undefined || (typeof source === 'object' && source.variable !== undefined)) continue
    if (BUILT_IN_TYPES.has(name) && !own.has(name)) continue
    const id = idFrom(name, taken)
    taken.add(id)
    said.set(name, { id, source })
  }
  return {
    html: mapReferences(code, (name) => said.get(name)?.id ?? name),
    values: Object.fromEntries([...said.values()].map(({ id, source }) => [id, source])),
  }
}

function accountKey({ kind, id }: { readonly kind: Vendor; readonly id: string }): string {
  return `${kind} ${id}`
}

/** Tags by whose account they are of. @param all also those that stay out: they tell which account there is */
function accountsOf(
  open: readonly VendorTag[],
  all: readonly VendorTag[],
  refused: Map<ReadEntity<TagSpec>, Why>,
): readonly Account[] {
  const accounts = new Map<string, { kind: Vendor; id: string; bases: VendorTag[]; events: VendorTag[] }>()
  const known = (kind: Vendor): readonly string[] => [
    ...new Set(all.flatMap((each) => (each.kind === kind && each.recognised.id ? [each.recognised.id] : []))),
  ]
  for (const each of [...open].sort(
    (a, b) => Number(a.recognised.id === undefined) - Number(b.recognised.id === undefined),
  )) {
    const { kind, recognised, tag } = each
    const module = moduleFor({ kind })
    const [first, ...others] = known(kind)
    // A linker serves all accounts; an event that names none is of the only one.
    const id = recognised.id ?? (recognised.part === 'linker' || others.length === 0 ? first : undefined)
    if (id === undefined || module.id === 'none' || !module.id.pattern.test(id)) {
      refused.set(tag, {
        code: 'account-is-not-known',
        reason:
          id === undefined
            ? `nothing says which account of ${module.title} it is for`
            : `"${oneLine(id)}" is no id of ${module.title}`,
      })
      continue
    }
    const account = accounts.get(accountKey({ kind, id })) ?? { kind, id, bases: [], events: [] }
    accounts.set(accountKey(account), account)
    if (recognised.event !== undefined) account.events.push(each)
    else if (account.bases.some(({ recognised: { part } }) => part === recognised.part))
      refused.set(tag, {
        code: 'there-already',
        reason: `another tag does the same for this account of ${module.title}`,
      })
    else account.bases.push(each)
  }
  return [...accounts.values()]
}

function whyNotEvent(
  { recognised: { event = '' }, said }: VendorTag,
  { says, title }: Module,
  canLoad: boolean,
): Why | undefined {
  if (!canLoad)
    return {
      code: 'loader-is-not-known',
      reason: `what loads ${title} is not in the plan, and its events need that`,
    }
  if (said.alone === true) return undefined
  if (event === '' || holdsBraces(event))
    return { code: 'event-name-is-open', reason: `the page decides what it tells ${title}` }
  return typeof says === 'object' && !says.pattern.test(event)
    ? { code: 'account-is-not-known', reason: `"${oneLine(event)}" is no conversion of ${title}` }
    : undefined
}

function whyNotHtml({ spec }: ReadEntity<TagSpec>, code: string): Why | undefined {
  if (code.trim() === '') return { code: 'field-is-unknown', reason: 'it holds no code' }
  if (code.length > HTML)
    return {
      code: 'code-is-long',
      reason: `its code is longer than ${HTML} characters, which nobody reads in a plan`,
    }
  if (spec.paused) return { code: 'tag-is-paused', reason: 'it is paused' }
  return undefined
}

/** The fewest conversions whose moments are together just those of the tag. */
function coverOf(
  tag: ReadEntity<TagSpec>,
  whens: readonly ReadonlySet<string>[],
  candidates: readonly Candidate[],
  world: World,
  inSequence: ReadonlySet<string>,
): { readonly indexes: readonly number[] } | Why {
  const left = new Set(actsOf(tag.spec, world, inSequence.has(tag.name)).map(({ when }) => when))
  const likeness = (index: number): number => {
    const said = candidates[index]?.source.spec
    return (
      Number(said?.firingOption === tag.spec.firingOption) * 2 +
      Number(said?.paused === tag.spec.paused) * 2 +
      Number((said?.consent.status === 'needed') === (tag.spec.consent.status === 'needed'))
    )
  }
  const possible = whens
    .map((own, index) => ({ own, index }))
    .filter(({ own }) => own.size > 0 && [...own].every((when) => left.has(when)))
    .sort((a, b) => b.own.size - a.own.size || likeness(b.index) - likeness(a.index) || a.index - b.index)
  const indexes: number[] = []
  for (const { own, index } of possible) {
    if (![...own].every((when) => left.has(when))) continue
    indexes.push(index)
    for (const when of own) left.delete(when)
  }
  return left.size > 0 || indexes.length === 0
    ? {
        code: 'no-conversion-at-its-moments',
        reason: 'no GA4 event that is in the plan is sent at just the moments at which it fires',
      }
    : { indexes }
}

/** What `send` says: a name, or a map with what has to be spelled out. */
function sentBy(
  { recognised: { event = '' }, said }: VendorTag,
  { carries }: Module,
  {
    read,
    userData,
    spelled,
  }: {
    readonly read: Context['read']
    readonly userData: UserDataSaid
    readonly spelled: ReadonlySet<string>
  },
): { readonly send: Sent } | Why {
  const sourceOf = (text: string | number): Source | undefined =>
    typeof text === 'number' ? text : read(text)
  const more: { -readonly [K in keyof Exclude<Sent, string | boolean>]: Exclude<Sent, string | boolean>[K] } =
    {}
  const [value, currency, id] = [said.value, said.currency, said.id].map((text) =>
    text === undefined ? undefined : sourceOf(text),
  )
  if (spelled.has('value') && carries.includes('value')) more.value = value ?? false
  if (spelled.has('currency') && currency !== undefined) more.currency = currency
  if (spelled.has('id') && (carries.includes('transactionId') || carries.includes('eventId')))
    more.id = id ?? false
  if (spelled.has('items') && carries.includes('items')) more.items = false
  if (spelled.has('parameters')) {
    const rows = Object.entries(said.parameters ?? {}).map(([name, text]) => [name, sourceOf(text)] as const)
    if (rows.some(([, source]) => source === undefined)) return OPEN
    // Beside the id of the order it tells no occurrence.
    if (spelled.has('eventId') && more.id !== false) rows.push(['event_id', { nothing: true }])
    if (spelled.has('transactionId')) rows.push(['transaction_id', { nothing: true }])
    if (rows.length > 0) more.parameters = Object.fromEntries(rows) as NonNullable<typeof more.parameters>
  }
  const whose =
    said.userData === undefined ? userData.ofFields(said.fields ?? {}) : userData.ofVariable(said.userData)
  if (whose === undefined && said.userData !== undefined)
    return {
      code: 'user-data-is-open',
      reason: 'its user data is not a variable whose fields a plan could say',
    }
  if (whose !== undefined) more.userData = whose
  if (said.alone === true) return { send: more }
  return { send: Object.keys(more).length === 0 ? event : { as: event, ...more } }
}

const OPEN: Why = { code: 'text-holds-variables', reason: 'it says a text with variables in it' }

/** Left out where it is what the vendor's tags wait for anyway. */
function consentFor(
  kind: Vendor,
  mode: ConsentMode,
  sample: VendorTag | undefined,
): { readonly consent?: ConsentType[] } {
  const usual = waitsFor({ mode, requires: [] }, kind, undefined, undefined)
  const types = sample === undefined ? [] : awaitedConsent(sample.tag.spec)
  return [...usual].sort().join() === [...types].sort().join() ? {} : { consent: [...types] as ConsentType[] }
}
