/**
 * What the texts of a container say as sources of the plan. Proposed by the way back of each kind, then compiled at once
 * and compared: what would not come out as it is in the container stays a variable by its name.
 */
import { checkPlan } from '../check/check.ts'
import type { Templates } from '../compile/templates.ts'
import { meaningOfText, tableRows, type World } from '../lift/meaning.ts'
import { withConstants, type ReadContainer } from '../lift/read-container.ts'
import { worldWith } from '../lift/worlds.ts'
import type { PlanDocument, Source } from '../plan/plan-types.ts'
import { stepsOf } from '../plan/tree.ts'
import { escaped } from '../plan/variables.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { keyOf } from '../resources/key.ts'
import { holdsBraces, soleVariableIn, variablesIn } from '../resources/braces.ts'
import { sourceFromGtm } from '../sources/read-gtm.ts'
import { joinedFromGtm } from '../sources/text.ts'
import { asParsed } from './as-parsed.ts'
import { compiledOf } from './compiled.ts'

export type ReadSource = (text: string) => Source | undefined

/** Scripts longer than this stay in GTM: nobody reads them in a plan. */
const SCRIPT = 400

/** @param texts all that the plan may read. @param accepted codes of rules that do not hold where they stand. @return what each of them is as a source; undefined where it cannot be said. */
export function saidSources(
  texts: readonly string[],
  container: ReadContainer,
  world: World,
  templates: Templates,
  accepted: ReadonlySet<string> = new Set(),
): ReadSource {
  const variables = container.readable
  const said = new Map<string, Source | undefined>()
  const proposed: (readonly [text: string, source: Source])[] = []
  for (const text of new Set(texts)) {
    const plain = withConstants(text, variables)
    if (!holdsBraces(plain)) {
      said.set(text, plain)
      continue
    }
    const name = soleVariableIn(plain)
    said.set(text, name === undefined ? joinedFromGtm(plain, byName) : { variable: name })
    const source = sourceFromGtm(plain, variables)
    if (source === undefined || isByName(source) || isForGtm(source)) continue
    proposed.push([text, source])
  }
  for (const [text, source] of proven(proposed, world, templates, accepted)) said.set(text, source)
  return (text) => {
    if (said.has(text)) return said.get(text)
    // What nobody asked for beforehand is taken by its name.
    return byName(withConstants(text, variables))
  }
}

/** What a text says in the names of the container's variables. */
export function byName(text: string): Source | undefined {
  const name = soleVariableIn(text)
  if (name !== undefined) return { variable: name }
  return variablesIn(text).length === 0 ? text : joinedFromGtm(text, byName)
}

function isByName(source: Source): boolean {
  return typeof source === 'object' && source.variable !== undefined
}

/** A script that reads badly in a plan: a long one, or one that would have to be written otherwise there. */
function isForGtm(source: Source): boolean {
  const script = typeof source === 'object' ? (source.javascript ?? '') : ''
  return script.length > SCRIPT || script.includes('${')
}

/** Those of the proposals that a plan may hold and that compile to what they were read from. */
function proven(
  proposed: readonly (readonly [text: string, source: Source])[],
  world: World,
  templates: Templates,
  accepted: ReadonlySet<string>,
): readonly (readonly [text: string, source: Source])[] {
  if (proposed.length === 0) return []
  const nameOf = (index: number): string => `p${index}`
  const document = probe(Object.fromEntries(proposed.map(([, source], index) => [nameOf(index), source])))
  const refused = new Set(
    checkPlan(asParsed(document), { today: '2000-01-01', profile: 'minimal' }).diagnostics.flatMap(
      ({ severity, code, at = '' }) => {
        const [, , , name = ''] = stepsOf(at)
        return severity === 'error' && !accepted.has(code) && at.startsWith(PARAMETERS) ? [name] : []
      },
    ),
  )
  const kept = proposed.filter((_, index) => !refused.has(nameOf(index)))
  const { resources } = compiledOf(
    probe(Object.fromEntries(kept.map(([, source], index) => [nameOf(index), source]))),
    templates,
  )
  const made = worldWith(resources, world)
  const tagKey = keyOf({ plan: 'probe', id: 'probe', facet: 'tag' })
  const tag = resources.find(({ kind, key }) => kind === 'gtm/tag' && key === tagKey)
  const rows = new Map(tag?.kind === 'gtm/tag' ? tableRows(tag.spec.parameters.eventSettingsTable) : [])
  return kept.filter(([text], index) => {
    const row = rows.get(nameOf(index))
    return (
      row !== undefined &&
      canonicalJson([meaningOfText(row, made)]) === canonicalJson([meaningOfText(text, world)])
    )
  })
}

const PARAMETERS = '/goals/probe/parameters/'

function probe(parameters: { readonly [name: string]: Source }): PlanDocument {
  return {
    version: 1,
    plan: 'probe',
    title: 'probe',
    owner: 'probe',
    googleTag: 'existing',
    environments: {
      probe: {
        gtm: { account: '1', container: 'GTM-PROBE' },
        ga4: { property: '1', measurementId: 'G-PROBE' },
      },
    },
    goals: {
      probe: {
        title: 'probe',
        primary: true,
        event: 'probe',
        // Every source holds something here: whether it fits its trigger is another question.
        trigger: { dataLayer: 'probe' },
        parameters: escaped(parameters),
      },
    },
    stages: { probe: { title: 'probe', draft: true, micro: {} } },
  }
}
