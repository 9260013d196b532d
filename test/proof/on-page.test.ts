import { expect, test } from 'vitest'
import { reasonOf, wentTo } from '../../src/proof/browser/on-page.ts'
import { refusalOf, refusedProblem } from '../../src/proof/browser/policy.ts'

test('a refusal by the page’s policy is said without the browser’s remarks, and cut between words only', () => {
  const refused =
    "Refused to load the script 'https://www.googletagmanager.com/gtm.js' because it violates the following Content Security Policy directive"
  expect(
    refusalOf(`${refused}: "script-src 'self'". Note that 'script-src-elem' was not explicitly set, so …`),
  ).toBe(`${refused}: "script-src 'self'".`)
  const hosts = ' https://static.shop.example'.repeat(9)
  expect(refusalOf(`${refused}: "script-src${hosts}".`)).toBe(
    `${refused}: "script-src https://static.shop.example …`,
  )
  const hit = `https://analytics.google.com/g/collect`
  expect(
    refusalOf(`Connecting to '${hit}?v=2&dl=${'x'.repeat(300)}' violates the policy "default-src none".`),
  ).toBe(`Connecting to '${hit}' violates the policy "default-src none".`)
})

test('a page that has left the site is named, without its query; one of the site is not', () => {
  const scenario = { page: { url: 'https://www.shop.example/', cookies: {}, before: [] } }
  expect(wentTo('https://pay.example/card?token=1', scenario)).toBe(
    '; it had gone to https://pay.example/card',
  )
  expect(wentTo('https://www.shop.example/thanks', scenario)).toBe('')
  expect(wentTo('about:blank', scenario)).toBe('')
})

test('what took too long is said in seconds, and in nobody’s words but ours', () => {
  const error = new Error('page.goto: Timeout 15000ms exceeded.\nCall log:\n  - navigating to "https://…"')
  expect(reasonOf(error)).toBe('it took more than 15 seconds')
  expect(reasonOf(new Error('page.goto: net::ERR_EMPTY_RESPONSE at https://www.shop.example/'))).toBe(
    'net::ERR_EMPTY_RESPONSE at https://www.shop.example/',
  )
})

test('a policy that only reports stops nothing', () => {
  const refused = `Connecting to 'https://analytics.google.com/g/collect' violates the following Content Security Policy directive: "connect-src 'self'".`
  expect(refusedProblem(`${refused} The action has been blocked.`)).toContain('refuses it')
  expect(
    refusedProblem(
      `${refused} The policy is report-only, so the violation has been logged but no further action has been taken.`,
    ),
  ).toBeUndefined()
  expect(refusedProblem(`[Report Only] ${refused}`)).toBeUndefined()
  expect(
    refusedProblem(
      `Loading the font 'https://fonts.example/a' violates the following Content Security Policy directive`,
    ),
  ).toBeUndefined()
})
