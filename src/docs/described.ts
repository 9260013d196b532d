/** What a plan has beside its conversions, field by field: experiments, markets, audiences, destinations, settings. */
import { leavingSite, toldToGa4 } from '../compile/leaving.ts'
import { destinationModule } from '../destinations/kinds.ts'
import { GA4, isGa4 } from '../kinds/kinds.ts'
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { Market, PlanDocument, Target } from '../plan/plan-types.ts'
import { conversionsOf, type Plan } from '../plan/plan.ts'
import { partsOf } from '../resources/key.ts'
import type { Resource } from '../resources/resource.ts'
import { fieldsOf, type Field } from '../review/fields.ts'
import { plural } from '../words/counting.ts'
import { inWords, targetWords } from '../words/plan-words.ts'
import { resourceWords } from '../words/resource-words.ts'
import type { Described, Fact } from './page.ts'

export type DescribedName = 'experiments' | 'markets' | 'audiences' | 'parameters' | 'destinations'

/** Fields that hold ids of conversions. */
const IDS: readonly string[] = ['improves', 'guards', 'did', 'didNot', 'inOrder']

/** Told apart for each of their keys. */
const BY_ID: readonly string[] = ['targets', 'send', 'destinations']

/** @param skip fields that are told in another way */
export function described(
  plan: Plan,
  document: PlanDocument,
  name: DescribedName,
  skip: readonly string[] = [],
): Described[] {
  const titles = titlesOf(plan)
  return Object.entries(document[name] ?? {}).map(([key, entry]): Described => {
    const fields = fieldsOf(
      entry,
      pointerOf(name, key),
      ['was', 'title', ...(name === 'markets' ? BY_ID : []), ...skip],
      document.currency,
    )
    const said = 'title' in entry && entry.title !== undefined ? entry.title : undefined
    return {
      id: `${name}-${key}`,
      key,
      title: said ?? (name === 'experiments' ? inWords(key) : key),
      facts: [
        ...fields.flatMap((field) => factsOf(field, entry, titles)),
        ...(name === 'markets' ? marketFacts(plan, entry as Market, titles) : []),
      ],
    }
  })
}

/** What people call conversions, by id. */
export function titlesOf(plan: Plan): ReadonlyMap<string, string> {
  return new Map(conversionsOf(plan).map(({ id, title }) => [id, title]))
}

/** A share of another conversion, by its title. */
export function targetNamed(
  target: Target,
  titles: ReadonlyMap<string, string>,
  currency: string | undefined,
): string {
  const { of } = target
  const whole = of === undefined ? undefined : titles.get(of)
  return targetWords(whole === undefined ? target : { ...target, of: `“${whole}”` }, currency)
}

export function asFact({ id, label, words }: Field): Fact {
  return { name: label, value: words, field: id }
}

function factsOf(field: Field, entry: object, titles: ReadonlyMap<string, string>): readonly Fact[] {
  const fact = asFact(field)
  const value = (entry as { readonly [name: string]: unknown })[field.id]
  if (IDS.includes(field.id)) {
    const ids = [value].flat().map(String)
    return [{ ...fact, value: ids.map((id) => titles.get(id) ?? id).join(', ') }]
  }
  // Written in Google's own form, which is read by nobody but Google.
  if (field.id === 'filter.filterClauses') {
    const { filterClauses = [] } = (entry as { filter?: { filterClauses?: readonly unknown[] } }).filter ?? {}
    return [{ ...fact, name: 'Rule', value: `${plural(filterClauses.length, 'clause')} in GA4’s own form` }]
  }
  if (field.id === 'filter.exclusionDurationMode')
    return [
      { ...fact, name: 'Left out', value: field.words.endsWith('PERMANENTLY') ? 'for good' : 'for a time' },
    ]
  const days = /^(\d+)d$/.exec(field.words)?.[1]
  return [days === undefined ? fact : { ...fact, value: plural(Number(days), 'day') }]
}

/** Targets, labels and ids of a market, each by the title of what it is for. */
function marketFacts(
  plan: Plan,
  { targets = {}, send = {}, destinations = {} }: Market,
  titles: ReadonlyMap<string, string>,
): readonly Fact[] {
  const at = (id: string): string => destinationTitle(plan, id) ?? id
  const fact = (name: string, who: string, words: string): Fact => ({
    name,
    value: `${who}: ${words}`,
    part: { who, words },
  })
  return [
    ...Object.entries(targets).map(([id, target]) =>
      fact('Target', titles.get(id) ?? id, targetNamed(target, titles, plan.currency)),
    ),
    ...Object.entries(send).flatMap(([id, labels]) =>
      Object.entries(labels).map(([to, label]) =>
        fact('Label', `${titles.get(id) ?? id} at ${at(to)}`, label),
      ),
    ),
    ...Object.entries(destinations).map(([to, id]) => fact('Account', at(to), id)),
  ]
}

/** Who hears of conversions beside GA4: what the plan says of it, then what it gets, in sentences; GA4 first where it is told of visitors. */
export function destinationsOf(plan: Plan, document: PlanDocument): readonly Described[] {
  const sentences = leavingSite(plan)
  const ofGa4 = toldToGa4(plan).map(({ text }) => text)
  const ga4 = { id: 'destinations-ga4', key: 'ga4', title: 'GA4', facts: [], sentences: ofGa4 }
  const others = described(plan, document, 'destinations', ['kind', 'html', 'trigger']).map((one) => ({
    ...one,
    title: destinationTitle(plan, one.key) ?? one.title,
    sentences: sentences.filter(({ destination }) => destination === one.key).map(({ text }) => text),
  }))
  return ofGa4.length === 0 ? others : [ga4, ...others]
}

/** What of each conversion goes to others, and what GA4 is told of the visitor with it, in sentences, by the conversion's place. */
export function leavingBy(plan: Plan): ReadonlyMap<Pointer, readonly string[]> {
  const sentences = new Map<Pointer, string[]>()
  for (const { conversion, at, text } of [...toldToGa4(plan), ...leavingSite(plan)])
    if (conversion !== undefined) sentences.set(at, [...(sentences.get(at) ?? []), text])
  return sentences
}

/** `Meta Pixel (meta)`. */
function destinationTitle({ destinations }: Plan, id: string): string | undefined {
  const kind = destinations.find((each) => each.id === id)?.kind
  return kind === undefined ? undefined : `${destinationModule(kind).title} (${id})`
}

/** What the plan states of the property and its stream: what it compiles to, in the words of its diff. */
export function settingsOf(
  { property: { annotate } }: Plan,
  resources: readonly Resource[],
): readonly Described[] {
  const stated = resources.flatMap((resource): Described[] => {
    if (!isGa4(resource)) return []
    const { title, subject, singleton } = GA4[resource.kind]
    if (subject !== 'property') return []
    const said = singleton ? title : `${title} · ${resource.name}`
    const steps = (resource.origin ?? '').split('/').slice(1)
    return [
      {
        id: `ga4-${steps.join('-')}`,
        key: singleton ? (steps.at(-1) ?? '') : partsOf(resource.key).id,
        title: said.charAt(0).toUpperCase() + said.slice(1),
        facts: [...resourceWords(resource, new Map())].map(([name, value]) => ({ name, value })),
      },
    ]
  })
  if (annotate === undefined) return stated
  return [
    ...stated,
    {
      id: 'ga4-property-annotate',
      key: 'annotate',
      title: 'Notes in the reports',
      facts: [{ name: 'Written for', value: annotate }],
    },
  ]
}
