import { expect, test } from 'vitest'
import { reasonOf, refusalOf, wentTo } from '../../src/proof/browser/on-page.ts'

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
