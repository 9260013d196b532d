/** A Page as the view of templates/pages/docs.hbs: only what a template without logic needs ready. */
import type { RenderPage } from '../pages/render-page.ts'
import { benchmarkChart } from './charts.ts'
import { SOURCE_TITLES } from './collected.ts'
import { eventTexts, keyText, neverWords, verifySteps } from './contract-page.ts'
import { funnelMap } from './funnel-map.ts'
import { cardsOf, NOBODY, type Card, type Described, type Fact, type Page } from './page.ts'
import { reviewWords } from './review-words.ts'
import { sectionsOf, type SectionId } from './sections.ts'

export function renderHtml(page: Page, render: RenderPage): string {
  const sections = sectionsOf(page)
  const has = Object.fromEntries(sections.map(({ key }) => [key, true])) as { [S in SectionId]?: true }
  const cards = cardsOf(page)
  const best = Math.max(...page.next.rows.map(({ score }) => score), 0)
  return render('docs', {
    ...page,
    ...contractView(page),
    lang: 'en',
    dir: page.direction,
    sections,
    has,
    map: funnelMap(page.funnel, page.direction),
    sources: [...new Set(cards.map(({ source }) => source))].map((source) => ({
      source,
      word: SOURCE_TITLES[source],
    })),
    filters: filtersOf(page, cards),
    goals: page.goals.map(cardView),
    stages: page.stages.map((stage) => ({ ...stage, cards: stage.cards.map(cardView) })),
    touchpoints: page.touchpoints.map((row, index) => ({
      ...row,
      // A touchpoint is named where it begins.
      isSame: row.touchpoint === page.touchpoints[index - 1]?.touchpoint,
    })),
    next: {
      ...page.next,
      rows: page.next.rows.map((row) => ({
        ...row,
        share: best === 0 ? 0 : Math.round((row.score / best) * 100),
      })),
    },
    experiments: describedView(page.experiments),
    markets: describedView(page.markets),
    audiences: describedView(page.audiences),
    review: page.review.map((row) => ({ what: row.what, when: reviewWords(row) })),
  })
}

export function renderContractHtml(page: Page, render: RenderPage): string {
  const contract = contractView(page)
  return render('contract', {
    ...page,
    ...contract,
    lang: 'en',
    dir: page.direction,
    sections: contract.events.map(({ id, event }) => ({ id, title: event })),
  })
}

function contractView(page: Page) {
  return {
    events: eventTexts(page.contract),
    pageKeys: page.contract.pageKeys.map(keyText),
    never: neverWords(page.contract),
    verify: verifySteps(page.file),
  }
}

interface Filter {
  readonly name: string
  readonly label: string
  readonly options: readonly { readonly value: string; readonly text: string }[]
}

/** A choice among one is none. */
function filtersOf(page: Page, cards: readonly Card[]): readonly Filter[] {
  const plain = (values: readonly (string | undefined)[]): Filter['options'] =>
    [...new Set(values.flatMap((value) => value ?? []))].map((value) => ({ value, text: value }))
  const filters = [
    {
      name: 'stage',
      label: 'Stage',
      options: page.stages.map(({ id, title }) => ({ value: id, text: title })),
    },
    { name: 'owner', label: 'Owner', options: plain(page.owners.map(({ owner }) => owner)) },
    { name: 'goal', label: 'Goal', options: page.goals.map(({ id, title }) => ({ value: id, text: title })) },
    {
      name: 'market',
      label: 'Market',
      options: page.markets.map(({ key, title }) => ({ value: key, text: title })),
    },
    { name: 'touchpoint', label: 'Touchpoint', options: plain(cards.map(({ touchpoint }) => touchpoint)) },
  ]
  return filters.filter(({ options }) => options.length > 1)
}

/** A name stands once before all that is said under it. */
function factsView(facts: readonly Fact[]): readonly object[] {
  return facts.map((fact, index) => ({ ...fact, isMore: fact.name === facts[index - 1]?.name }))
}

function describedView(all: readonly Described[]): readonly object[] {
  return all.map((one) => ({ ...one, facts: factsView(one.facts) }))
}

function cardView(card: Card): object {
  const { benchmarks, title } = card
  return {
    ...card,
    facts: factsView(card.facts),
    // For the filter: a goal belongs to itself.
    goals: (card.tier === 'goal' ? [card.id] : card.feeds.map(({ id }) => id)).join(' '),
    marketIds: card.markets.join(' '),
    ownerName: card.owner ?? NOBODY,
    ...(benchmarks.length === 0 ? {} : { chart: benchmarkChart(title, benchmarks, card.targetRate) }),
  }
}
