/** What leaves the site, in sentences: every vendor's file is asked, and a review says what is new of it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { leavingSite } from '../../src/compile/leaving.ts'
import type { Plan } from '../../src/plan/plan.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import { leavingChanges } from '../../src/review/leaving.ts'
import { planFrom } from './compile-file.ts'

const SMALLEST = parse(
  readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8'),
) as PlanDocument

function documentWith(said: object, send: object = {}): PlanDocument {
  const { purchase } = SMALLEST.goals
  return { ...SMALLEST, ...said, goals: { purchase: { ...purchase, send } } } as PlanDocument
}
const planWith = (...parts: Parameters<typeof documentWith>): Plan =>
  planFrom(stringify(documentWith(...parts)))
const said = (document: PlanDocument): readonly string[] =>
  leavingSite(planFrom(stringify(document))).map(({ text }) => text)

const SHOPPER = {
  userData: { shopper: { email: { dataLayer: 'user.email' }, street: { dataLayer: 'user.street' } } },
}
const META = { destinations: { meta: { kind: 'meta', id: '1234567890', userData: 'shopper' } } }

test('who hears of what, from where and with which consent', () => {
  expect(said(documentWith({ ...SHOPPER, ...META, consent: { mode: 'advanced' } }, { meta: true }))).toEqual([
    'Meta (meta) is loaded on every page, when ad_storage is granted.',
    // A street is nothing that Meta takes.
    "The visitor's e-mail address goes to Meta, hashed, from data layer key user.email, when ad_storage is granted.",
    'Completed purchase goes to Meta as Purchase, with value, currency, items and event id, when ad_storage is granted.',
  ])
})

test("Google's tags look at consent by themselves, and at one of their own for what is about a person", () => {
  const google = { google_ads: { kind: 'googleAds', id: 'AW-123456789', userData: 'shopper' } }
  const sentences = said(
    documentWith(
      { ...SHOPPER, destinations: google, consent: { mode: 'advanced' } },
      { google_ads: 'AbC-D_efG' },
    ),
  )
  expect(sentences).toContain(
    "The visitor's e-mail address goes to Google Ads, hashed, from data layer key user.email, when ad_user_data is granted.",
  )
  // Its tags have one place for an id: beside the order's, the occurrence's goes nowhere.
  const order = documentWith(
    { eventId: { dataLayer: 'event_id' }, destinations: google, ...SHOPPER },
    { google_ads: 'AbC-D_efG' },
  )
  expect(said(order).filter((text) => text.includes('event id'))).toEqual([])
  expect(said(order).at(-1)).toContain('with value, currency, items and order id, ')
})

test("a team's own code is said to run, and where nobody is asked, that is said", () => {
  const chat = { kind: 'html', html: '<p>hi</p>', trigger: { page: 'viewed' } }
  const partner = { kind: 'html', html: '<p>thanks</p>' }
  expect(said(documentWith({ destinations: { chat, partner } }, { partner: true }))).toEqual([
    'Code of the plan, chat, runs on the site: page viewed, whatever the visitor has chosen.',
    'With Completed purchase, code of the plan, partner, runs on the site, whatever the visitor has chosen.',
  ])
})

test('a review says what leaves from now on, first what is about a person, and what no longer does', () => {
  const before = planWith({ ...META, destinations: { meta: { kind: 'meta', id: '1234567890' } } })
  const after = planWith({ ...SHOPPER, ...META })
  const words = 'from data layer key user.email, whatever the visitor has chosen.'
  expect(leavingChanges(before, after)).toEqual([
    {
      irreversible: false,
      dangerous: true,
      text: `Leaves the site from now on: The visitor's e-mail address goes to Meta, hashed, ${words}`,
    },
  ])
  expect(leavingChanges(after, before)).toMatchObject([
    {
      dangerous: false,
      text: `No longer leaves the site: The visitor's e-mail address goes to Meta, hashed, ${words}`,
    },
  ])
  expect(leavingChanges(after, after)).toEqual([])
})

test('what goes alone carries nothing else, Pinterest takes the address alone, and what the site loads is said to be its own', () => {
  const sentences = said(
    documentWith(
      {
        eventId: { dataLayer: 'event_id' },
        ...SHOPPER,
        destinations: {
          google_ads: { kind: 'googleAds', id: 'AW-123456789' },
          pins: { kind: 'pinterest', id: '2612000000000', userData: 'shopper' },
          meta: { kind: 'meta', id: '1234567890', loader: 'existing' },
        },
      },
      { google_ads: { userData: 'shopper' } },
    ),
  )
  expect(sentences).toContain('Completed purchase goes to Google Ads, whatever the visitor has chosen.')
  expect(sentences.filter((text) => text.includes('goes to Pinterest'))).toEqual([
    "The visitor's e-mail address goes to Pinterest, hashed, from data layer key user.email, whatever the visitor has chosen.",
  ])
  expect(sentences).toContain('Meta (meta) is loaded by the site itself, or by another tag.')
})

test("what a team's own code is given is said, and where it is about a person, that is dangerous", () => {
  const html = '<p>{{ who }} {{size}}</p>'
  const given = {
    who: { dataLayer: 'user.email' },
    size: { dataLayer: 'basket.size' },
    unread: { dataLayer: 'user.phone' },
  }
  const before = planWith({ destinations: { chat: { kind: 'html', html } } })
  const after = planWith({ destinations: { chat: { kind: 'html', html, with: given } } }, { chat: true })
  expect(leavingChanges(before, after)).toEqual([
    {
      irreversible: false,
      dangerous: true,
      text: 'Leaves the site from now on: With Completed purchase, code of the plan, chat, runs on the site, with data layer key user.email and data layer key basket.size, whatever the visitor has chosen.',
    },
  ])
  const harmless = planWith(
    { destinations: { chat: { kind: 'html', html, with: { ...given, who: '1' } } } },
    { chat: true },
  )
  expect(leavingChanges(before, harmless).map(({ dangerous }) => dangerous)).toEqual([false])
})

test('what GA4 is told of the visitor is said, too', () => {
  const { purchase } = SMALLEST.goals
  const after = planFrom(
    stringify({ ...SMALLEST, ...SHOPPER, goals: { purchase: { ...purchase, userData: 'shopper' } } }),
  )
  expect(leavingChanges(planWith(SHOPPER), after).map(({ dangerous, text }) => [dangerous, text])).toEqual([
    [
      true,
      "Leaves the site from now on: The visitor's e-mail address goes to GA4 with Completed purchase, hashed, from data layer key user.email, whatever the visitor has chosen.",
    ],
    [
      true,
      "Leaves the site from now on: The visitor's street goes to GA4 with Completed purchase, hashed, from data layer key user.street, whatever the visitor has chosen.",
    ],
  ])
})
