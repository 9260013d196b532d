/** The texts of a plan that go to GTM as they are, and the patterns and selectors among them. */
import { destinationModule } from '../destinations/kinds.ts'
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { HeldText } from '../sources/held-text.ts'
import { valuesIn } from '../sources/condition.ts'
import { subjectNamed } from '../sources/kinds.ts'
import { OPERATORS, type Operator } from '../sources/operators.ts'
import { textsIn } from '../sources/said.ts'
import { triggerModule } from '../triggers/kinds.ts'
import type { PlanPlaces } from './places.ts'

const OPERATOR_NAMES = Object.keys(OPERATORS) as readonly Operator[]

/** Longer ones are refused by a rule, and no other rule spends time on them. */
export const LONGEST_TEXT = 2000

/** Every text that GTM will hold: GTM reads `{{Name}}` in any of them as a reference. */
export function textsOf(places: PlanPlaces): readonly HeldText[] {
  return gathered(places).short
}

/** The same with those that are too long. */
export function allTextsOf(places: PlanPlaces): readonly HeldText[] {
  return gathered(places).all
}

interface Gathered {
  readonly all: readonly HeldText[]
  readonly short: readonly HeldText[]
}

/** Many rules ask for them: they are gathered once. */
const GATHERED = new WeakMap<PlanPlaces, Gathered>()

function gathered(places: PlanPlaces): Gathered {
  const known = GATHERED.get(places)
  if (known !== undefined) return known
  const all = [...everyTextIn(places)]
  const made = { all, short: all.filter(({ sort, text }) => sort === 'code' || text.length <= LONGEST_TEXT) }
  GATHERED.set(places, made)
  return made
}

function* everyTextIn(places: PlanPlaces): Generator<HeldText> {
  for (const { at, source, name } of places.sources) yield* textsIn(source, at, name)
  for (const { subject, detail, test, testAt } of places.conditions) {
    const part = detail !== undefined && subjectNamed(subject)?.test === 'below a part'
    const on = part ? `${subject}.${detail}` : subject
    if (detail !== undefined) yield { at: testAt, about: 'key', text: detail, sort: 'name' }
    for (const operator of OPERATOR_NAMES) {
      if (test[operator] === undefined) continue
      const sort = operator === 'matches' ? 'pattern' : operator === 'css' ? 'selector' : 'literal'
      for (const { at, value } of valuesIn(test, operator))
        if (typeof value === 'string') yield { at: testAt + at, text: value, sort, on }
    }
  }
  for (const { triggers } of [...places.conversions, ...places.destinations]) {
    for (const { at, kind, trigger } of triggers) {
      const said = trigger[kind]
      if (said !== undefined) yield* triggerModule(kind).texts(said, at)
    }
  }
  // What a vendor calls a conversion, and the names of what goes along.
  for (const { at, data } of places.conversions) {
    for (const [to, said] of Object.entries(data.send ?? {})) {
      const here = at + pointerOf('send', to)
      const isMap = typeof said === 'object'
      const name = isMap ? said.as : said
      const kind = places.plan.destinations?.[to]?.kind
      // An id of the vendor's is held against how those look.
      if (typeof name === 'string' && kind !== undefined && destinationModule(kind).says === 'a name')
        yield { at: isMap ? `${here}/as` : here, text: name, sort: 'name', on: 'send' }
      if (!isMap) continue
      for (const name of Object.keys(said.parameters ?? {}))
        yield { at: here + pointerOf('parameters', name), about: 'key', text: name, sort: 'name', on: 'send' }
    }
  }
  for (const { at, environment } of places.environments) {
    for (const [index, host] of (environment.hosts ?? []).entries())
      yield { at: at + pointerOf('hosts', index), text: host, sort: 'literal' }
    if (environment.transportUrl !== undefined)
      yield { at: `${at}/transportUrl`, text: environment.transportUrl, sort: 'literal' }
  }
  if (places.plan.transportUrl !== undefined)
    yield { at: '/transportUrl', text: places.plan.transportUrl, sort: 'literal' }
}

/** Every regular expression that GA4 itself evaluates (RE2): of channels, and of events made of others. */
export function* patternsOfGa4({
  plan,
}: PlanPlaces): Generator<{ readonly at: Pointer; readonly text: string }> {
  const { channels = {}, derived = {} } = plan.property ?? {}
  for (const [group, { rules }] of Object.entries(channels)) {
    for (const [name, tests] of Object.entries(rules)) {
      for (const [field, { matches = [] }] of Object.entries(tests)) {
        const at = pointerOf('property', 'channels', group, 'rules', name, field, 'matches')
        if (typeof matches === 'string') yield { at, text: matches }
        else for (const [index, text] of matches.entries()) yield { at: `${at}/${index}`, text }
      }
    }
  }
  for (const [event, { when = [] }] of Object.entries(derived)) {
    for (const [index, { matches }] of when.entries())
      if (matches !== undefined)
        yield {
          at: pointerOf('property', 'derived', event, 'when', index, 'matches'),
          text: String(matches),
        }
  }
}

/** What of an expression RE2 does not have, which GA4 and BigQuery run. */
export function lackingInRe2(text: string): string | undefined {
  const bare = text.replaceAll(/\\\\/g, '').replaceAll(/\[(\\.|[^\]\\])*\]/g, '[]')
  if (/\(\?<?[=!]/.test(bare)) return 'lookaround'
  return /\\[1-9]|\\k</.test(bare) ? 'a backreference' : undefined
}
