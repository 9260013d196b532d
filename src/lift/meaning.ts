/**
 * What an event tag means: each moment at which it sends something, and all that it then sends. Two tags mean the same
 * when these are equal, whatever they and their variables are called, however many tags share the work, and in
 * whichever of GTM's encodings they are written.
 *
 * Both sides of the round trip pass here, the container and what the plan made of it compiles to; nothing of the way
 * in between is asked.
 */
import { BUILT_IN_TYPES } from '../facts/built-ins.ts'
import { isEverywhere } from '../facts/everywhere.ts'
import { textOf } from '../kinds/kind.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { holdsBraces, partsOfText, soleVariableIn } from '../resources/braces.ts'
import { isHeld, isMatch } from '../resources/holds.ts'
import type { ConditionSpec, TagSpec, TriggerSpec, Value, VariableSpec } from '../resources/resource.ts'
import { firedApart, openConditions, standingOf } from './exceptions.ts'
import { momentsOf } from './moments.ts'

/** What references stand for. */
export interface World {
  readonly variable: (ref: string) => VariableSpec | undefined
  /** Whether it reads more than can be written out (nesting.ts): then it is known by its name alone. */
  readonly isByName: (ref: string) => boolean
  readonly trigger: (ref: string) => TriggerSpec | undefined
  /** Old containers refer to the configuration by the name of its tag. */
  readonly tag: (name: string) => TagSpec | undefined
  /** The server container that the Google tag of a measurement id sends to. */
  readonly server: (measurementId: unknown) => unknown
}

/** Anything that is equal exactly when it means the same. */
export type Meaning = unknown

export interface Hit {
  readonly event: Meaning
  readonly moment: Meaning
  readonly unless: readonly Meaning[]
  readonly destination: Meaning
  readonly parameters: { readonly [name: string]: Meaning }
  readonly rest: Meaning
}

export type Rows = ReadonlyMap<string, string>

/** All that the tag sends, one hit a moment. */
export function hitsOf(tag: TagSpec, world: World): readonly Hit[] {
  const { event: _, ...sent } = sentBy(tag, world)
  const [before, after] = [sequenceOf(tag.other.setupTag, world), sequenceOf(tag.other.teardownTag, world)]
  const common = {
    ...sent,
    rest: {
      ...sent.rest,
      other: without(tag.other, ['setupTag', 'teardownTag', 'priority', 'monitoringMetadataTagNameKey']),
      ...(before.length === 0 ? {} : { before }),
      ...(after.length === 0 ? {} : { after }),
    },
  }
  return tag.firingTriggers.flatMap((ref): Hit[] => {
    const spec = world.trigger(ref)
    if (spec === undefined) return [{ event: null, moment: { missing: ref }, unless: [], ...common }]
    return firedApart(spec, tag, world.trigger)
      .flatMap(momentsOf)
      .filter((moment) => !isAlwaysBlocked(moment.spec, tag, world))
      .map((moment): Hit => ({
        event: meaningOfText(textOf(tag.parameters.eventName), world, moment.known),
        moment: meaningOfTrigger(moment.spec, world),
        unless: unlessAt(moment.spec, tag, world),
        ...common,
      }))
  })
}

/** What a tag sends whenever it runs, and under which conditions of its own. */
function sentBy(
  tag: TagSpec,
  world: World,
): {
  readonly event: Meaning
  readonly destination: Meaning
  readonly parameters: { readonly [name: string]: Meaning }
  readonly rest: { readonly [field: string]: Meaning }
} {
  const { parameters, userProperties } = rowsOf(tag, world)
  const settings = settingsOf(tag, world)
  const below = new Map(tableRows(settings?.parameters.eventSettingsTable))
  const values = new Map(
    [...parameters].map(([name, text]) => [name, meaningOver(text, below.get(name), world)] as const),
  )
  const propertiesBelow = new Map(tableRows(settings?.parameters.userProperties))
  const id = destinationOf(tag, world)
  const server = values.get('server_container_url') ?? world.server(id)
  values.delete('server_container_url')
  const { enhancedUserId, userDataVariable, sendEcommerceData, getEcommerceDataFrom, ecommerceMacroData } =
    tag.parameters
  return {
    event: meaningOfText(textOf(tag.parameters.eventName), world),
    destination: { id, server: server ?? null },
    parameters: Object.fromEntries(values),
    rest: {
      userProperties: Object.fromEntries(
        [...userProperties].map(([name, text]) => [
          name,
          meaningOver(text, propertiesBelow.get(name), world),
        ]),
      ),
      ecommerce:
        sendEcommerceData === true ? [getEcommerceDataFrom, meaningOf(ecommerceMacroData, world)] : false,
      userData: enhancedUserId === true ? meaningOf(userDataVariable, world) : false,
      fires: tag.firingOption,
      paused: tag.paused,
      consent: awaitedConsent(tag),
    },
  }
}

/** A row over one of the settings variable: a value that is missing does not take the other away (GTM-RUNTIME 7). */
function meaningOver(text: string, below: string | undefined, world: World): Meaning {
  const own = meaningOfText(text, world)
  const other = below === undefined || isNeverMissing(own) ? own : meaningOfText(below, world)
  return canonicalJson([own]) === canonicalJson([other]) ? own : { own, otherwise: other }
}

/** A text, or a variable that gives one in any case. */
function isNeverMissing(meaning: Meaning): boolean {
  if (typeof meaning !== 'object' || meaning === null) return true
  const { text, format, parameters } = meaning as {
    readonly text?: Meaning
    readonly format?: { readonly convertUndefinedToValue?: Meaning }
    readonly parameters?: { readonly setDefaultValue?: Meaning }
  }
  return (
    text !== undefined ||
    format?.convertUndefinedToValue !== undefined ||
    parameters?.setDefaultValue === true
  )
}

/** The tags that run before or after another: what each of them does, whatever it is called. Those around them are not asked. */
function sequenceOf(list: unknown, world: World): readonly Meaning[] {
  return sequenceIn(list).map(({ tag, ...flags }): Meaning => {
    const asked = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== false))
    const spec = world.tag(tag?.$tag ?? '')
    if (spec === undefined) return { ...asked, missing: tag?.$tag ?? '' }
    if (spec.type === 'gaawe') return { ...asked, runs: sentBy(spec, world) }
    const { type, parameters, firingOption, paused } = spec
    return {
      ...asked,
      runs: {
        type,
        parameters: meaningOf(parameters, world),
        firingOption,
        paused,
        consent: awaitedConsent(spec),
      },
    }
  })
}

/** The types of consent that a tag waits for. Not needed and not set do the same: nothing is waited for. */
export function awaitedConsent({ consent }: TagSpec): readonly string[] {
  return consent.status === 'needed' ? consent.types : []
}

/** The entries of `setupTag` or `teardownTag`, whatever stands there. */
export function sequenceIn(list: unknown): readonly { readonly tag?: { readonly $tag?: string } }[] {
  return Array.isArray(list) ? (list as readonly { readonly tag?: { readonly $tag?: string } }[]) : []
}

/** Of several tags at one moment those with the higher number start first; undefined where the page decides on it. */
export function priorityOf({ other }: TagSpec): number | undefined {
  const value = textOf((other.priority as { readonly value?: unknown } | undefined)?.value)
  return /^-?\d*$/.test(value) ? Number(value) : undefined
}

/** Whether an exception stands on this moment that asks for nothing more: the tag is never fired there. */
export function isAlwaysBlocked(moment: TriggerSpec, { blockingTriggers }: TagSpec, world: World): boolean {
  return blockingTriggers.some((ref) => {
    const block = world.trigger(ref)
    if (block === undefined || standingOf(moment, block) !== 'always') return false
    return openConditions(moment, block).length === 0
  })
}

/** What keeps a tag from being fired at a moment at which a trigger of it fires. */
export function unlessAt(
  moment: TriggerSpec,
  { blockingTriggers }: TagSpec,
  world: World,
): readonly string[] {
  return blockingTriggers
    .flatMap((ref): Meaning[] => {
      const block = world.trigger(ref)
      if (block === undefined) return [{ missing: ref }]
      switch (standingOf(moment, block)) {
        case 'always':
          return [{ all: conditionsMeaning(openConditions(moment, block), world) }]
        case 'perhaps':
          return [{ perhaps: meaningOfTrigger(block, world) }]
        case 'never':
          return []
      }
    })
    .map((each) => canonicalJson(each))
    .sort()
}

/** The hits as one text that is equal when they are. */
export function hitKey(hit: Hit): string {
  return canonicalJson(hit)
}

/** Rows of the settings variable, overlaid by the tag's own. In either generation's encoding. */
export function rowsOf(
  tag: TagSpec,
  world: World,
): { readonly parameters: Rows; readonly userProperties: Rows } {
  const settings = settingsOf(tag, world)
  return {
    parameters: new Map([
      ...tableRows(settings?.parameters.eventSettingsTable),
      ...tableRows(tag.parameters.eventParameters),
      ...tableRows(tag.parameters.eventSettingsTable),
    ]),
    userProperties: new Map([
      ...tableRows(settings?.parameters.userProperties),
      ...tableRows(tag.parameters.userProperties),
    ]),
  }
}

/** The event settings variable of a tag. */
export function settingsOf(tag: TagSpec, world: World): VariableSpec | undefined {
  const name = soleVariableIn(textOf(tag.parameters.eventSettingsVariable))
  return name === undefined ? undefined : world.variable(name)
}

export function tableRows(table: Value | undefined): readonly (readonly [string, string])[] {
  if (!Array.isArray(table)) return []
  return (table as readonly { readonly [field: string]: Value }[]).flatMap((row) => {
    const name = row.parameter ?? row.name
    const value = row.parameterValue ?? row.value ?? ''
    return typeof name === 'string' && typeof value === 'string' && name !== ''
      ? [[name, value] as const]
      : []
  })
}

/** Where it is sent: a measurement id, or what decides on it; null where nobody has filled one in yet. */
export function destinationOf(tag: TagSpec, world: World): Meaning {
  const meaning = meaningOfText(idText(tag, world), world)
  return typeof meaning === 'string' && !isMeasurementId(meaning) ? null : meaning
}

/** The text that holds the id of a tag, or of the configuration that it refers to. */
export function idText({ parameters }: TagSpec, world: World): string {
  const own = textOf(parameters.measurementIdOverride)
  if (own !== '') return own
  const reference = parameters.measurementId
  const config =
    typeof reference === 'object' && '$tag' in reference ? world.tag(String(reference.$tag)) : undefined
  return textOf(config === undefined ? reference : config.parameters.measurementId)
}

export function isMeasurementId(text: string): boolean {
  return /^G-[A-Z0-9]+$/.test(text)
}

/** @param known what variables are at the moment in question. */
export function meaningOfText(
  text: string,
  world: World,
  known: { readonly [name: string]: string } = {},
  inside: ReadonlySet<string> = new Set(),
): Meaning {
  const parts = partsOfText(text).map((part): Meaning => {
    if ('literal' in part) return part.literal
    const { variable } = part
    return Object.hasOwn(known, variable)
      ? known[variable]
      : meaningOfVariable(variable, world, known, inside)
  })
  const joined: Meaning[] = []
  for (const part of parts) {
    if (part === '') continue
    const last = joined.at(-1)
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part
    else joined.push(part)
  }
  return joined.length === 0 ? '' : joined.length === 1 ? joined[0] : { text: joined }
}

function meaningOfVariable(
  ref: string,
  world: World,
  known: { readonly [name: string]: string },
  inside: ReadonlySet<string>,
): Meaning {
  if (inside.has(ref)) return { circle: ref }
  if (world.isByName(ref)) return { name: ref }
  const spec = world.variable(ref)
  const builtIn = spec === undefined ? BUILT_IN_TYPES.get(ref) : undefined
  if (builtIn !== undefined) return { builtIn }
  if (spec === undefined) return { name: ref }
  const within = new Set([...inside, ref])
  const format = formatMeaning(spec, world, known, within)
  const hasFormat = Object.keys(format).length > 0
  if (spec.type === 'c' && !hasFormat)
    return meaningOfText(textOf(spec.parameters.value), world, known, within)
  const part = hasFormat ? undefined : urlPart(spec)
  if (part !== undefined) return { builtIn: part }
  const { parameters } = spec
  const found = hasFormat ? undefined : looked(spec, world, known, within)
  if (found !== undefined) return found
  const ordered = spec.type === 'smm' ? { ...parameters, map: inKeyOrder(parameters.map) } : parameters
  const said = meaningOf(ordered, world, known, within) as { readonly [name: string]: Meaning }
  return {
    type: spec.type,
    parameters: isTable(spec) && treatsMissingAlike(spec) ? { ...said, input: orMissing(said.input) } : said,
    ...(hasFormat ? { format } : {}),
  }
}

function formatMeaning(
  { formatValue }: VariableSpec,
  world: World,
  known: { readonly [name: string]: string },
  inside: ReadonlySet<string>,
): { readonly [what: string]: Meaning } {
  const entries = Object.entries(formatValue).flatMap(([what, value]): (readonly [string, Meaning])[] => {
    if (typeof value === 'string') return value === 'none' ? [] : [[what, value]]
    const text = typeof value === 'object' && value !== null && 'value' in value ? value.value : ''
    return [[what, meaningOfText(typeof text === 'string' ? text : '', world, known, inside)]]
  })
  return Object.fromEntries(entries)
}

function isTable({ type }: VariableSpec): boolean {
  return type === 'smm' || type === 'remm'
}

/** What GTM compares when there is no value: its name as a text, or an empty one where a variable says so. */
const MISSING = ['', 'undefined', 'null']

/** Whether a table gives the same for a value that is missing and for an empty text. */
function treatsMissingAlike({ type, parameters }: VariableSpec): boolean {
  const keys = tableOf(parameters.map).map(([key]) => key)
  if (type === 'smm') return !keys.some((key) => MISSING.includes(key) || holdsBraces(key))
  return keys.every((key) => isAlikeFor((text) => isMatch(key, text, parameters.ignoreCase === true)))
}

/** What a variable is, but for that it makes an empty text of what is missing. */
function orMissing(meaning: Meaning): Meaning {
  if (typeof meaning !== 'object' || meaning === null || !('format' in meaning)) return meaning
  const { format, ...rest } = meaning as { readonly format: { readonly [what: string]: Meaning } }
  const kept = Object.entries(format).filter(([what, value]) => !(EMPTIED.has(what) && value === ''))
  return kept.length === 0 ? rest : { ...rest, format: Object.fromEntries(kept) }
}

const EMPTIED = new Set(['convertUndefinedToValue', 'convertNullToValue'])

/** Whether a test has one answer for all that a missing value may be compared as. */
function isAlikeFor(test: (text: string) => boolean | undefined): boolean {
  const answers = new Set(MISSING.map(test))
  return answers.size === 1 && !answers.has(undefined)
}

/** A table that is read by something known gives one value. */
function looked(
  spec: VariableSpec,
  world: World,
  known: { readonly [name: string]: string },
  inside: ReadonlySet<string>,
): Meaning | undefined {
  if (spec.type !== 'smm') return undefined
  const input = soleVariableIn(textOf(spec.parameters.input))
  if (input === undefined || !Object.hasOwn(known, input)) return undefined
  const row = tableOf(spec.parameters.map).find(([key]) => key === known[input])
  const { setDefaultValue, defaultValue } = spec.parameters
  const value = row?.[1] ?? (setDefaultValue === true ? textOf(defaultValue) : undefined)
  return value === undefined ? { nothing: true } : meaningOfText(value, world, known, inside)
}

/** Rows of a lookup table. */
export function tableOf(map: Value | undefined): readonly (readonly [string, string])[] {
  if (!Array.isArray(map)) return []
  return (map as readonly { readonly [field: string]: Value }[]).map(
    (row) => [textOf(row.key), textOf(row.value)] as const,
  )
}

/** A lookup table has no order. */
function inKeyOrder(map: Value | undefined): Value {
  if (!Array.isArray(map)) return ''
  const keyOf = (row: { readonly [field: string]: Value }): string => textOf(row.key)
  return [...(map as readonly { readonly [field: string]: Value }[])].sort((a, b) =>
    keyOf(a) < keyOf(b) ? -1 : 1,
  )
}

/** Parts of the address that a URL variable reads just as a built-in one does. */
const URL_PARTS: { readonly [component: string]: string } = {
  URL: 'pageUrl',
  HOST: 'pageHostname',
  PATH: 'pagePath',
}

function urlPart({ type, parameters }: VariableSpec): string | undefined {
  if (type !== 'u') return undefined
  const { component, customUrlSource = '', stripWww = false } = parameters
  return customUrlSource === '' && stripWww === false ? URL_PARTS[textOf(component)] : undefined
}

/** What a parameter of any shape means: every text in it. */
export function meaningOf(
  value: unknown,
  world: World,
  known: { readonly [name: string]: string } = {},
  inside: ReadonlySet<string> = new Set(),
): Meaning {
  if (typeof value === 'string') return meaningOfText(value, world, known, inside)
  if (Array.isArray(value)) return value.map((each) => meaningOf(each, world, known, inside))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, meaningOf(each, world, known, inside)]),
  )
}

/** A trigger without its name: what has no effect is left out. */
export function meaningOfTrigger(spec: TriggerSpec, world: World): Meaning {
  if (spec.type === 'triggerGroup') {
    const members = (spec.parameters.triggerIds ?? []) as readonly { readonly $trigger?: string }[]
    return {
      group: members
        .map(({ $trigger = '' }) => {
          const member = world.trigger($trigger)
          if (member === undefined) return { missing: $trigger }
          // A plan says no group in a group, so that one stays where it is; written out, such a chain has no end.
          return member.type === 'triggerGroup' ? { trigger: $trigger } : meaningOfTrigger(member, world)
        })
        .map((each) => canonicalJson(each))
        .sort(),
      filter: conditionsMeaning(spec.filter, world),
    }
  }
  const { waitForTags = false, checkValidation = false, waitForTagsTimeout, ...settings } = spec.settings
  return {
    type: spec.type,
    event: spec.customEventFilter.map((each) => conditionMeaning(each, world)),
    filter: conditionsMeaning(spec.filter, world),
    armed: conditionsMeaning(
      spec.autoEventFilter.filter((each) => !isEverywhere(each)),
      world,
    ),
    parameters: meaningOf(spec.parameters, world),
    settings: meaningOf(
      {
        ...settings,
        waitForTags,
        checkValidation,
        ...(waitForTags === false ? {} : { waitForTagsTimeout: waitForTagsTimeout ?? '2000' }),
      },
      world,
    ),
  }
}

/** All must hold, so their order means nothing. */
function conditionsMeaning(conditions: readonly ConditionSpec[], world: World): readonly Meaning[] {
  return [...new Set(conditions.map((each) => canonicalJson(conditionMeaning(each, world))))].sort()
}

function conditionMeaning(condition: ConditionSpec, world: World): Meaning {
  const { type, arg0, arg1, negate, ignoreCase } = condition
  const subject = meaningOfText(arg0, world)
  return [
    type,
    isAlikeFor((text) => isHeld(condition, text)) ? orMissing(subject) : subject,
    meaningOfText(arg1, world),
    negate,
    ignoreCase,
  ]
}

function without(fields: { readonly [name: string]: unknown }, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))
}
