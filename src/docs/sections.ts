/**
 * The sections of the documents, in their order; one that has nothing to say is left out. Ids hold a hyphen, which no
 * id of a plan does, so that a conversion and a section never share an address.
 */
import type { Page } from './page.ts'

const SECTIONS = {
  funnel: { id: 'the-funnel', title: 'Funnel', has: () => true },
  conversions: { id: 'all-conversions', title: 'Conversions', has: () => true },
  touchpoints: {
    id: 'touch-points',
    title: 'Touchpoints',
    has: ({ touchpoints }: Page) => touchpoints.length > 0,
  },
  next: {
    id: 'what-next',
    title: 'What to improve next',
    has: ({ next }: Page) => next.rows.length + next.unranked.length > 0,
  },
  owners: { id: 'who-answers', title: 'Owners', has: ({ owners }: Page) => owners.length > 0 },
  review: { id: 'review-calendar', title: 'Review calendar', has: ({ review }: Page) => review.length > 0 },
  guards: {
    id: 'guardrails-and-alerts',
    title: 'Guardrails and alerts',
    has: ({ guardrails, alerts }: Page) => guardrails.length + alerts.length > 0,
  },
  experiments: {
    id: 'all-experiments',
    title: 'Experiments',
    has: ({ experiments }: Page) => experiments.length > 0,
  },
  markets: { id: 'all-markets', title: 'Markets', has: ({ markets }: Page) => markets.length > 0 },
  audiences: { id: 'all-audiences', title: 'Audiences', has: ({ audiences }: Page) => audiences.length > 0 },
  developers: {
    id: 'for-developers',
    title: 'For site developers',
    has: ({ contract }: Page) => contract.events.length + contract.pageKeys.length > 0,
  },
  parameters: {
    id: 'all-parameters',
    title: 'Parameters',
    has: ({ parameters }: Page) => parameters.length > 0,
  },
  automatic: { id: 'by-itself', title: 'What GA4 collects by itself', has: () => true },
  settings: {
    id: 'ga4-settings',
    title: 'Settings of GA4',
    has: ({ settings }: Page) => settings.length > 0,
  },
  destinations: {
    id: 'what-leaves',
    title: 'Where else it goes',
    has: ({ destinations }: Page) => destinations.length > 0,
  },
  manual: { id: 'by-hand', title: 'To be set by hand', has: ({ manual }: Page) => manual.length > 0 },
  glossary: { id: 'the-words', title: 'Glossary', has: () => true },
} as const

export type SectionId = keyof typeof SECTIONS

export interface Section {
  readonly key: SectionId
  readonly id: string
  readonly title: string
}

export function sectionsOf(page: Page): readonly Section[] {
  return (Object.keys(SECTIONS) as SectionId[])
    .filter((key) => SECTIONS[key].has(page))
    .map((key) => ({ key, id: SECTIONS[key].id, title: SECTIONS[key].title }))
}
