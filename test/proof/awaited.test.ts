/** The reason where no trigger was asked: what was awaited, and what came instead. */
import { expect, test } from 'vitest'
import { CAME } from '../../src/proof/awaited.ts'
import { plainTestWords, whyWords } from '../../src/proof/why-words.ts'
import type { Result } from '../../src/proof/report.ts'
import type { Scenario, Step } from '../../src/proof/scenario.ts'
import { trialFor, proving } from './trial.ts'

const shop = trialFor({
  lead: 'event: lead, trigger: { dataLayer: lead_sent }',
  quiz: 'event: quiz, trigger: { dataLayer: { matches: "^quiz_(done|saved)$" } }',
  prices: 'event: prices, trigger: { visible: { selector: "#prices", percent: 60, duration: 2s } }',
  shown: 'event: shown, trigger: { visible: { id: done } }',
  called:
    'event: called, trigger: { link: { selector: "a.call" }, unless: [{ path: { startsWith: /old/ } }] }',
})

async function because(id: string, ...steps: readonly Step[]): Promise<readonly string[]> {
  return (await resultOf(id, steps))?.because ?? []
}

async function resultOf(id: string, steps: readonly Step[]): Promise<Result | undefined> {
  const own = shop.scenarios.find(({ conversions, expect }) => conversions.includes(id) && expect.length > 0)
  const scenario: Scenario = { ...(own as Scenario), steps }
  const [result] = await proving({ trial: shop.trial, scenarios: [scenario] })
  return result
}

const push = (event: string): Step => ({ do: 'push', pushed: { message: { event } } })

test('another event than the awaited one is named beside it', async () => {
  expect(await because('lead', push('leadSent'), push('leadSent'), push('menu'))).toEqual([
    'lead was not sent: “CE - lead” waits for the event "lead_sent"; the page pushed "leadSent", "menu"',
  ])
  expect(await because('lead')).toEqual([
    'lead was not sent: “CE - lead” waits for the event "lead_sent"; the page pushed no event of its own',
  ])
  expect(await because('quiz', push('quiz'))).toEqual([
    'quiz was not sent: “CE - quiz” waits for the event that matches "^quiz_(done|saved)$"; the page pushed "quiz"',
  ])
})

test('an element that never came into view is named, also where another one did', async () => {
  const awaited =
    'prices was not sent: “Visible - prices” waits for 60 % of #prices in view for 2 s, which did not come'
  expect(await because('prices')).toEqual([awaited])
  const noted: Step = {
    do: 'push',
    pushed: { message: { event: 'gtm.elementVisibility', 'gtm.triggers': '0_999' } },
  }
  expect(await because('prices', noted)).toEqual([awaited])
})

test('a click that was not made is named, and no exception in its place', async () => {
  expect(await because('called')).toEqual([
    'called was not sent: “Link - called” waits for a click on a link, which did not come',
  ])
})

test('an event that was another one is shown as the condition that failed', async () => {
  expect((await resultOf('lead', [push('leadSent')]))?.why).toEqual([
    {
      event: 'leadSent',
      trigger: 'CE - lead',
      verdict: 'no',
      tests: [
        {
          subject: '{{_event}}',
          operator: 'equals',
          value: '"lead_sent"',
          left: '"leadSent"',
          verdict: 'no',
        },
      ],
    },
  ])
})

test('a click that never came is shown where its silence is explained', async () => {
  const own = shop.scenarios.find(({ id }) => id === 'called/silent-otherwise') as Scenario
  const explain = new Set(['called'])
  const [silent] = await proving({ trial: shop.trial, scenarios: [{ ...own, steps: [] }] }, { explain })
  expect(silent?.outcome).toBe('proven')
  expect(silent?.why).toEqual([
    {
      event: 'gtm.linkClick',
      trigger: 'Link - called',
      verdict: 'no',
      tests: [{ subject: 'a click on a link', operator: CAME, value: 'true', left: 'false', verdict: 'no' }],
    },
  ])
  const words = silent?.why.flatMap((why) => [whyWords(why), ...why.tests.map(plainTestWords)])
  expect(words).toEqual(['gtm.linkClick: Link - called: no', 'a click on a link, which did not come'])
})
