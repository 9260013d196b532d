/** What a container knows of the visitor's own data, as entries of the plan's `userData`. */
import type { Templates } from '../compile/templates.ts'
import { GOOGLES_NAMES } from '../compile/user-data.ts'
import type { UserDataField } from '../destinations/module.ts'
import type { World } from '../lift/meaning.ts'
import type { ReadContainer } from '../lift/read-container.ts'
import type { PlanDocument, Source } from '../plan/plan-types.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { soleVariableIn } from '../resources/braces.ts'
import type { VariableSpec } from '../resources/resource.ts'
import { idFrom } from './names.ts'
import { saidSources, type ReadSource } from './said-sources.ts'

type UserDataDocument = NonNullable<PlanDocument['userData']>[string]

export interface UserDataSaid {
  /** The id of what a text with Google's variable in it gives; undefined where a plan cannot say all of it. */
  readonly ofVariable: (text: string) => string | undefined
  /** The id of these fields, each a text of GTM; undefined where there are none. */
  readonly ofFields: (
    fields: { readonly [F in UserDataField]?: string },
    called?: string,
  ) => string | undefined
  /** All that was asked for. */
  readonly entries: () => { readonly [id: string]: UserDataDocument }
}

/** How the fields are read: here personal data has its place. @param more texts beside those of Google's variables */
export function readUserData(
  container: ReadContainer,
  more: readonly string[],
  world: World,
  templates: Templates,
): ReadSource {
  const texts = [...container.variables.flatMap(({ spec }) => Object.values(fieldsOf(spec) ?? {})), ...more]
  return saidSources(texts, container, world, templates, new Set(['personal-data-is-not-sent']))
}

/** @param isSaid otherwise variables stay by their names */
export function userDataSaid({ variables }: ReadContainer, read: ReadSource, isSaid: boolean): UserDataSaid {
  const specs = new Map(variables.map(({ name, spec }) => [name, spec]))
  const entries = new Map<string, { readonly id: string; readonly said: UserDataDocument }>()
  const ids = new Set<string>()
  const entry = (fields: { readonly [F in UserDataField]?: string }, called: string): string | undefined => {
    const said: { [field: string]: Source } = {}
    for (const [field, text] of Object.entries(fields)) {
      const source = read(text)
      if (source === undefined) return undefined
      said[field] = source
    }
    if (Object.keys(said).length === 0) return undefined
    const key = canonicalJson(said)
    const found = entries.get(key)
    if (found !== undefined) return found.id
    const id = idFrom(called, ids)
    ids.add(id)
    entries.set(key, { id, said: said as UserDataDocument })
    return id
  }
  return {
    ofVariable: (text) => {
      const name = soleVariableIn(text)
      const spec = name === undefined ? undefined : specs.get(name)
      const fields = isSaid && spec !== undefined ? fieldsOf(spec) : undefined
      return fields === undefined || name === undefined ? undefined : entry(fields, name)
    },
    ofFields: (fields, called = 'visitor') => (isSaid ? entry(fields, called) : undefined),
    entries: () => Object.fromEntries([...entries.values()].map(({ id, said }) => [id, said])),
  }
}

const FIELDS = new Map(Object.entries(GOOGLES_NAMES).map(([field, name]) => [name, field as UserDataField]))

/** The fields of Google's variable, where it has nothing else. */
function fieldsOf({
  type,
  parameters,
  formatValue,
}: VariableSpec): { readonly [F in UserDataField]?: string } | undefined {
  const { mode, ...rest } = parameters
  if (type !== 'awec' || mode !== 'MANUAL' || Object.keys(formatValue).length > 0) return undefined
  const fields = Object.entries(rest).map(([name, text]) => [FIELDS.get(name), text] as const)
  return fields.length > 0 &&
    fields.every(([field, text]) => field !== undefined && typeof text === 'string' && text !== '')
    ? Object.fromEntries(fields)
    : undefined
}
