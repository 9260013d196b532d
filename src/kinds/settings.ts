/**
 * Settings that a property or a stream has exactly once. There is nothing to own and nothing to delete: what the plan states is
 * compared and written, and whatever it does not state is left as it is. What was written last stands in the plan's list.
 */
import { pointerOf } from '../plan/diagnostic.ts'
import type { Plan } from '../plan/plan.ts'
import type { Resource, SettingKind, SettingsSpec } from '../resources/resource.ts'
import { ga4Key, textOf, type Ga4Module, type Sent } from './kind.ts'

type SettingValue = SettingsSpec[string]

/** One field of Google's, as it is read and told. */
interface Field {
  readonly label: string
  readonly read: (sent: unknown) => SettingValue
  readonly words: (value: SettingValue) => string
  /** What a change of it does beside what it says. */
  readonly effect?: string
}

export interface Settings<K extends SettingKind> extends Pick<
  Ga4Module<K>,
  'collection' | 'at' | 'together' | 'titles'
> {
  readonly kind: K
  readonly title: string
  /** The place in the plan. */
  readonly place: readonly string[]
  readonly fields: { readonly [field: string]: Field }
  /** What the plan states, by Google's fields; `undefined` where it says nothing of one. */
  readonly stated: (plan: Plan) => { readonly [field: string]: SettingValue | undefined }
}

/** A kind made of its fields. */
export function settings<K extends SettingKind>(about: Settings<K>): Ga4Module<K> {
  const { kind, title, place, fields, stated, ...same } = about
  const facet = kind.slice('ga4/'.length)
  const compile = (plan: Plan): readonly Resource<K>[] => {
    const spec = defined(stated(plan))
    const key = ga4Key(plan, 'property', facet)
    return Object.keys(spec).length === 0
      ? []
      : [{ kind, key, name: NAME, spec, notes: '', origin: pointerOf(...place) } as Resource<K>]
  }
  return {
    ...same,
    title,
    mark: 'none',
    removal: 'never',
    compile,
    isAsked: (plan) => compile(plan).length > 0,
    singleton: true,
    facet,
    subject: 'property',
    sentByTags: false,
    fixed: [],
    labels: Object.fromEntries(Object.entries(fields).map(([field, { label }]) => [field, label])),
    effects: effectsOf(fields),
    identity: () => '',
    nameOf: () => NAME,
    idOf: () => 'property',
    fromWire: (sent: Sent) =>
      Object.fromEntries(Object.entries(fields).map(([field, { read }]) => [field, read(sent[field])])),
    toWire: (spec: SettingsSpec) => ({ ...spec }),
    wireFields: {},
    words: ({ spec }) =>
      Object.entries(fields).flatMap(([field, { label, words }]) => {
        const value = (spec as SettingsSpec)[field]
        const said = value === undefined ? '' : words(value)
        return said === '' ? [] : [[label, said] as const]
      }),
  } as Ga4Module<K>
}

/** What each is called behind its title: `update attribution settings`. */
const NAME = 'settings'

interface Telling {
  readonly words?: (value: string) => string
  readonly effect?: string
}

export function text(label: string, { words = (value) => value, effect }: Telling = {}): Field {
  return {
    label,
    read: textOf,
    words: (value) => (value === '' ? '' : words(String(value))),
    ...(effect === undefined ? {} : { effect }),
  }
}

/** Google leaves out what is false. */
export function flag(label: string, [yes, no]: readonly [string, string] = ['on', 'off']): Field {
  return {
    label,
    read: (sent) => sent === true,
    words: (value) => (value === true ? yes : no),
  }
}

/** A set: its order means nothing. */
export function list(label: string): Field {
  return {
    label,
    read: (sent) => (Array.isArray(sent) ? sent.map(String).sort() : []),
    words: (value) => (Array.isArray(value) ? value.join(', ') : ''),
  }
}

/** `FOURTEEN_MONTHS` reads `fourteen months`. @param prefix of Google's that says nothing more than the label. */
export function enumWords(prefix = ''): (value: string) => string {
  return (value) => value.replace(prefix, '').toLowerCase().replaceAll('_', ' ')
}

function effectsOf(fields: Settings<SettingKind>['fields']): { readonly [field: string]: string } {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, { effect }]) => (effect === undefined ? [] : [[field, effect]])),
  )
}

function defined(values: { readonly [field: string]: SettingValue | undefined }): SettingsSpec {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, SettingValue] => entry[1] !== undefined),
  )
}
