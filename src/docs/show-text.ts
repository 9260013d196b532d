/** What the page has of one thing, and what there is, at a terminal. */
import { printable } from '../render/diagnostics.ts'
import { plural } from '../words/counting.ts'
import { columns, fit, padded, wrapped } from '../words/width.ts'
import {
  cardsOf,
  factOf,
  type Card,
  type Described,
  type Fact,
  type Page,
  type StageSection,
} from './page.ts'

const WIDTH = 80

/** What an id names; several things may share one. */
export type Shown =
  | { readonly kind: 'conversion'; readonly value: Card }
  | { readonly kind: 'stage'; readonly value: StageSection }
  | { readonly kind: 'touchpoint'; readonly value: Touchpoint }
  | { readonly kind: DescribedKind; readonly value: Described }

type DescribedKind = 'parameter' | 'market' | 'audience' | 'experiment' | 'setting' | 'destination'

const described = (page: Page): { readonly [K in DescribedKind]: readonly Described[] } => ({
  parameter: page.parameters,
  market: page.markets,
  audience: page.audiences,
  experiment: page.experiments,
  setting: page.settings,
  destination: page.destinations,
})

/** Names all settings of the property at once. */
const PROPERTY = 'property'

/** A place where conversions happen. */
interface Touchpoint {
  readonly id: string
  readonly title: string
  readonly cards: readonly Card[]
}

function touchpointsOf(page: Page): readonly Touchpoint[] {
  const titles = new Map(
    cardsOf(page).flatMap(({ touchpointId, touchpoint = '' }) =>
      touchpointId === undefined ? [] : [[touchpointId, touchpoint] as const],
    ),
  )
  return [...titles].map(([id, title]) => ({
    id,
    title,
    cards: cardsOf(page).filter(({ touchpointId }) => touchpointId === id),
  }))
}

export function shownUnder(page: Page, id: string): readonly Shown[] {
  const entries = Object.entries(described(page)) as readonly (readonly [
    DescribedKind,
    readonly Described[],
  ])[]
  return [
    ...cardsOf(page)
      .filter((card) => card.id === id)
      .map((value): Shown => ({ kind: 'conversion', value })),
    ...page.stages.filter(({ key }) => key === id).map((value): Shown => ({ kind: 'stage', value })),
    ...touchpointsOf(page)
      .filter((touchpoint) => touchpoint.id === id)
      .map((value): Shown => ({ kind: 'touchpoint', value })),
    ...entries.flatMap(([kind, all]) =>
      all
        .filter(({ key }) => key === id || (kind === 'setting' && id === PROPERTY))
        .map((value): Shown => ({ kind, value })),
    ),
  ]
}

/** Every id that can be shown. */
export function idsOf(page: Page): readonly string[] {
  return [
    ...[...cardsOf(page), ...touchpointsOf(page)].map(({ id }) => id),
    ...[...page.stages, ...Object.values(described(page)).flat()].map(({ key }) => key),
    ...(page.settings.length === 0 ? [] : [PROPERTY]),
  ]
}

export function renderShown({ kind, value }: Shown, bold: (text: string) => string): string {
  if (kind === 'conversion') return cardText(value, bold)
  if (kind === 'stage') return stageText(value, bold)
  if (kind === 'touchpoint')
    return `${[...heading('touchpoint', value.title, bold), ...table(value.cards)].join('\n')}\n`
  const sentences = sentenceLines(value.sentences)
  return `${[...heading(kind, value.title, bold), ...(value.facts.length === 0 ? [] : [factsText(value.facts)]), ...sentences].join('\n')}\n`
}

/** The plan itself. */
export function renderPlan(page: Page, bold: (text: string) => string): string {
  const lead = page.description === undefined ? [] : wrapped(printable(page.description), WIDTH)
  const title = wrapped(printable(page.title), WIDTH).map(bold)
  return `${[...title, ...lead, factsText([...page.facts, ...page.tiles])].join('\n')}\n`
}

/** What it is and what it is called: a title that is too long for the line goes on in the next. */
function heading(kind: string, title: string, bold: (text: string) => string, where = ''): readonly string[] {
  const lines = wrapped(`${kind} ${printable(title)}${where}`, WIDTH)
  return lines.length === 1 ? [`${kind} ${bold(printable(title))}${where}`] : lines.map(bold)
}

function cardText(card: Card, bold: (text: string) => string): string {
  const where = card.stage === undefined ? '' : ` (${printable(card.stage.title)})`
  const { history } = card
  const facts: readonly Fact[] = [
    { name: 'Is', value: card.badges.join(', ') },
    ...(card.touchpoint === undefined ? [] : [{ name: 'Touchpoint', value: card.touchpoint }]),
    ...(card.feeds.length === 0
      ? []
      : [{ name: 'Feeds', value: card.feeds.map(({ title }) => title).join(', ') }]),
    ...card.facts,
    ...card.benchmarks.map(({ words }) => ({ name: 'Benchmark', value: words })),
    { name: 'When it counts', value: card.fires },
    ...(card.exactly === undefined ? [] : [{ name: 'Exactly', value: card.exactly }]),
    ...card.measured,
    ...card.parameters.map(({ name, from, type, example }) => ({
      name,
      value: [from, type, ...(example === undefined ? [] : [`for example ${example}`])].join(' · '),
    })),
    ...card.google.map(({ kind, name }) => ({ name: `At Google: ${kind}`, value: name })),
    ...(history === undefined
      ? []
      : [
          { name: 'In the plan since', value: `${history.since.day}, ${history.since.id}` },
          {
            name: 'Last changed',
            value: `${history.changed.day}, ${history.changed.id} ${history.changed.subject}`,
          },
        ]),
  ]
  const what = card.what === undefined ? [] : wrapped(printable(card.what), WIDTH)
  return `${[...heading(card.tier, card.title, bold, where), ...what, factsText(facts), ...sentenceLines(card.leaves)].join('\n')}\n`
}

function sentenceLines(sentences: readonly string[] = []): readonly string[] {
  return sentences.flatMap((line) => wrapped(printable(line), WIDTH, '  - ', '    '))
}

function stageText(
  { title, description, target, cards }: StageSection,
  bold: (text: string) => string,
): string {
  const lead = description === undefined ? [] : wrapped(printable(description), WIDTH)
  const aim = target === undefined ? [] : [`Target: ${target}`]
  return `${[...heading('stage', title, bold), ...lead, ...aim, ...table(cards)].join('\n')}\n`
}

export function renderList(page: Page, bold: (text: string) => string): string {
  const all = cardsOf(page)
  const goals = page.goals.length === 0 ? [] : [bold('Goals'), ...table(page.goals, all)]
  const stages = page.stages.flatMap(({ title, cards }) => ['', bold(printable(title)), ...table(cards, all)])
  const counted = [
    plural(page.goals.length, 'goal'),
    plural(page.stages.length, 'stage'),
    plural(page.funnel.stages.flatMap(({ micros }) => micros).length, 'micro conversion'),
    ...(page.markets.length === 0 ? [] : [plural(page.markets.length, 'market')]),
  ]
  return `${[...goals, ...stages, '', ...wrapped(`${counted.join(', ')}; plan show ID says all of one.`, WIDTH)].join('\n')}\n`
}

/** Id, target, weight and owner: what a team asks first. An id is never cut, for it is what one types. */
function table(cards: readonly Card[], all: readonly Card[] = cards): readonly string[] {
  const widthOf = (texts: readonly string[]): number => Math.max(0, ...texts.map(columns))
  const id = widthOf(all.map((card) => card.id))
  const weight = widthOf(all.map(weightText))
  const owner = Math.min(widthOf(all.map(ownerText)), 30)
  const target = Math.max(12, WIDTH - id - weight - owner - 8)
  return cards.map((card) =>
    [
      `  ${padded(card.id, id)}`,
      padded(fit(shortTarget(card, target), target), target),
      padded(weightText(card), weight),
      fit(ownerText(card), owner),
    ]
      .join('  ')
      .trimEnd(),
  )
}

function weightText({ weight }: Card): string {
  return weight === undefined ? '' : String(weight)
}

function ownerText({ owner }: Card): string {
  return printable(owner ?? '—')
}

function targetText(card: Card): string {
  return printable(factOf(card, 'target') ?? '')
}

/** Its day gives way first: a number with half a day behind it says less than the number. */
function shortTarget(card: Card, width: number): string {
  const text = targetText(card)
  return columns(text) <= width ? text : text.replace(/ by \d{4}-\d{2}-\d{2}$/, '')
}

/** Names in a column, values beside them. */
function factsText(facts: readonly Fact[]): string {
  const width = Math.min(34, Math.max(0, ...facts.map(({ name }) => columns(name))))
  return facts
    .flatMap(({ name, value }) =>
      wrapped(printable(value), WIDTH, `  ${padded(fit(name, width), width)}  `, ' '.repeat(width + 4)),
    )
    .join('\n')
}
