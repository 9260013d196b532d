import { expect, test } from 'vitest'
import { parseSelector } from '../../src/runtime/node/selector.ts'
import { matchesSelector, type Element } from '../../src/runtime/node/element.ts'
import type { Action } from '../../src/runtime/node/session.ts'
import { isUnknown } from '../../src/runtime/core/value.ts'
import { boolean, condition, container, customEvent, eventTag, template } from './containers.ts'
import { doing, eventsOf, PAGE } from './session.ts'

const nav: Element = { tag: 'nav', attributes: { class: 'main' }, text: '' }
const link: Element = { tag: 'a', attributes: { href: '/shop', id: 'shop' }, text: 'Shop', parent: nav }
const icon: Element = { tag: 'svg', attributes: { class: 'icon' }, text: '', parent: link }
const form: Element = { tag: 'form', attributes: { id: 'news', action: '/news' }, text: '' }

type Trigger = Parameters<typeof container>[0]['trigger']
const fired = (trigger: Trigger, actions: readonly Action[], firing: readonly string[] = ['5'], more = {}) =>
  eventsOf(
    doing(
      container({ tag: [eventTag('1', 'fired', firing, [], more)], trigger: trigger ?? [], ...BUILT_INS }),
      actions,
    ),
  ).length

const BUILT_INS = {
  builtInVariable: [
    { type: 'clickElement', name: 'Click Element' },
    { type: 'clickUrl', name: 'Click URL' },
    { type: 'pageUrl', name: 'Page URL' },
    { type: 'historySource', name: 'History Source' },
  ],
}
const waiting = (type: string, checkValidation: boolean) => ({
  triggerId: '5',
  name: type,
  type,
  waitForTags: { type: 'boolean', value: 'false' },
  checkValidation: { type: 'boolean', value: String(checkValidation) },
})

test('All Elements sees the innermost element, Just Links the link around it', () => {
  const inner = [condition('cssSelector', '{{Click Element}}', 'a')]
  const around = [condition('cssSelector', '{{Click Element}}', 'a, a *')]
  const click: Action[] = [{ do: 'click', element: icon }]
  expect(fired([{ triggerId: '5', name: 'c', type: 'click', filter: inner }], click)).toBe(0)
  expect(fired([{ triggerId: '5', name: 'c', type: 'click', filter: around }], click)).toBe(1)
  expect(fired([{ ...waiting('linkClick', false), filter: inner }], click)).toBe(1)
})

test('a click on an icon inside a link has an empty Click URL', () => {
  const filter = [condition('equals', '{{Click URL}}', '')]
  expect(
    fired([{ triggerId: '5', name: 'c', type: 'click', filter }], [{ do: 'click', element: icon }]),
  ).toBe(1)
})

test.each(['linkClick', 'formSubmission'])(
  '%s with check validation is silent when the page prevents the default',
  (type) => {
    const action: Action =
      type === 'linkClick'
        ? { do: 'click', element: link, prevented: true }
        : { do: 'submit', form, prevented: true }
    expect(fired([waiting(type, true)], [action])).toBe(0)
    expect(fired([waiting(type, false)], [action])).toBe(1)
  },
)

test('a handler that stops propagation hides a click from Just Links, not from All Elements', () => {
  const click: Action[] = [{ do: 'click', element: icon, stopped: true }]
  expect(fired([waiting('linkClick', false)], click)).toBe(0)
  expect(fired([{ triggerId: '5', name: 'c', type: 'click' }], click)).toBe(1)
})

const scroll = (triggerId: string, percent: string) => ({
  triggerId,
  name: `scroll ${percent}`,
  type: 'scrollDepth',
  parameter: [
    template('verticalThresholdUnits', 'PERCENT'),
    template('verticalThresholdsPercent', percent),
    boolean('verticalThresholdOn', true),
    template('triggerStartOption', 'WINDOW_LOAD'),
  ],
})

test('each threshold once a load, one event for several triggers', () => {
  const arranged = container({ trigger: [scroll('5', '25,50'), scroll('6', '50')] })
  const session = doing(arranged, [
    { do: 'scroll', percent: 30 },
    { do: 'scroll', percent: 60 },
    { do: 'scroll', percent: 10 },
    { do: 'scroll', percent: 60 },
  ])
  expect(session.pushes.slice(3)).toEqual([
    expect.objectContaining({ 'gtm.scrollThreshold': 25, 'gtm.triggers': '111_5' }),
    expect.objectContaining({ 'gtm.scrollThreshold': 50, 'gtm.triggers': '111_5,111_6' }),
  ])
})

test('what the window shows at once fires at once, and a threshold in pixels is one of the page', () => {
  const pixels = {
    ...scroll('7', ''),
    parameter: [
      template('verticalThresholdUnits', 'PIXELS'),
      template('verticalThresholdsPixels', '700,900'),
      boolean('verticalThresholdOn', true),
    ],
  }
  const wide = {
    ...scroll('8', ''),
    parameter: [
      template('horizontalThresholdUnits', 'PERCENT'),
      template('horizontalThresholdsPercent', '90'),
      boolean('horizontalThresholdOn', true),
    ],
  }
  // The page of GTM-RUNTIME 10: 10 % at load of 720 of 3000 px.
  const size = { page: { width: 1280, height: 3000 }, window: { width: 1280, height: 720 } }
  const arranged = container({ trigger: [scroll('5', '10,25,50'), pixels, wide] })
  const reached = (actions: readonly Action[]): readonly unknown[] =>
    doing(arranged, actions, { ...PAGE, size })
      .pushes.slice(3)
      .map((each) => (each as { 'gtm.scrollThreshold': number })['gtm.scrollThreshold'])
  expect(reached([])).toEqual([700, 10, 90])
  expect(reached([{ do: 'scroll', percent: 31 }])).toEqual([700, 10, 90, 900, 25])
})

test('on a page of unknown size, what the window may show at once is open, in a group too', () => {
  const group = {
    triggerId: '9',
    name: 'group',
    type: 'triggerGroup',
    parameter: [
      {
        type: 'list',
        key: 'triggerIds',
        list: ['5', '6'].map((value) => ({ type: 'triggerReference', value })),
      },
    ],
  }
  const parts = {
    trigger: [scroll('5', '50'), { ...timer('1'), triggerId: '6' }, group],
    tag: [eventTag('1', 'half', ['5']), eventTag('2', 'both', ['9'])],
  }
  const outcomes = (actions: readonly Action[], facts = PAGE): readonly string[] =>
    doing(container(parts), actions, facts).decisions.flatMap(({ tags }) =>
      tags.map(({ tag, outcome }) => `${tag === '1' ? 'half' : 'both'} ${outcome}`),
    )
  expect(outcomes([])).toEqual(['half undecided'])
  expect(outcomes([{ do: 'scroll', percent: 60 }])).toEqual(['half undecided', 'half fired'])
  expect(outcomes([{ do: 'wait', milliseconds: 10_000 }])).toEqual(['half undecided', 'both undecided'])
  const size = { page: { width: 1280, height: 4000 }, window: { width: 1280, height: 720 } }
  expect(outcomes([{ do: 'wait', milliseconds: 10_000 }], { ...PAGE, size })).toEqual([])
})

const timer = (limit: string, autoEventFilter: ReturnType<typeof condition>[] = []) => ({
  triggerId: '5',
  name: 'timer',
  type: 'timer',
  eventName: template('', 'gtm.timer'),
  interval: template('', '10000'),
  limit: template('', limit),
  autoEventFilter,
})

test('a timer counts from the page load and stops at its limit', () => {
  expect(fired([timer('2')], [{ do: 'wait', milliseconds: 9_999 }])).toBe(0)
  expect(fired([timer('2')], [{ do: 'wait', milliseconds: 10_000 }])).toBe(1)
  expect(fired([timer('2')], [{ do: 'wait', milliseconds: 60_000 }])).toBe(2)
  expect(fired([timer('0')], [{ do: 'wait', milliseconds: 60_000 }])).toBe(6)
})

test('autoEventFilter decides where a listener is installed', () => {
  const elsewhere = [condition('contains', '{{Page URL}}', '/insights')]
  expect(fired([timer('1', elsewhere)], [{ do: 'wait', milliseconds: 60_000 }])).toBe(0)
})

const visible = (frequency: string, duration = '') => ({
  triggerId: '5',
  name: 'visible',
  type: 'elementVisibility',
  parameter: [
    template('selectorType', 'CSS'),
    template('elementSelector', 'form'),
    boolean('useOnScreenDuration', duration !== ''),
    template('onScreenDuration', duration),
    template('firingFrequency', frequency),
    template('onScreenRatio', '50'),
  ],
})

test('visibility needs the share, the time, and counts as its frequency says', () => {
  const other: Element = { ...form, attributes: { id: 'other' } }
  const show = (element: Element, percent = 60): Action => ({ do: 'show', element, percent })
  expect(fired([visible('ONCE')], [show(form, 40)])).toBe(0)
  expect(fired([visible('ONCE')], [show(form), show(other)])).toBe(1)
  expect(fired([visible('ONCE_PER_ELEMENT')], [show(form), show(other)])).toBe(2)
  expect(fired([visible('ONCE', '3000')], [show(form), { do: 'wait', milliseconds: 2_800 }])).toBe(0)
  expect(fired([visible('ONCE', '3000')], [show(form), { do: 'wait', milliseconds: 2_900 }])).toBe(1)
  expect(fired([visible('ONCE')], [show(link)])).toBe(0)
})

test('history changes say their source; replaceState to the same address still fires', () => {
  const trigger = { triggerId: '5', name: 'history', type: 'historyChange' }
  const same: Action = { do: 'route', url: PAGE.url, source: 'replaceState' }
  expect(fired([trigger], [same, same])).toBe(2)
  const pushState = { ...trigger, filter: [condition('equals', '{{History Source}}', 'pushState')] }
  expect(fired([pushState], [same, { do: 'route', url: '/next', source: 'pushState' }])).toBe(1)
})

test('the event that GA4’s own listener puts beside it is another one', () => {
  const trigger = { triggerId: '5', name: 'history', type: 'historyChange' }
  expect(fired([trigger], [{ do: 'push', message: { event: 'gtm.historyChange-v2' } }])).toBe(0)
})

const video = {
  triggerId: '5',
  name: 'video',
  type: 'youTubeVideo',
  parameter: [
    boolean('captureStart', false),
    boolean('captureComplete', true),
    boolean('captureProgress', true),
    template('progressThresholdsPercent', '50'),
  ],
}

test('a video fires on what the trigger asks for', () => {
  const play = (status: 'start' | 'progress' | 'complete', percent: number): Action => ({
    do: 'video',
    status,
    percent,
    title: 'Film',
    url: 'https://www.youtube.com/watch?v=1',
  })
  expect(fired([video], [play('start', 0), play('progress', 25)])).toBe(0)
  expect(fired([video], [play('progress', 50), play('complete', 100)])).toBe(2)
})

test('an error of the page fires an error trigger', () => {
  const trigger = { triggerId: '5', name: 'error', type: 'jsError' }
  expect(fired([trigger], [{ do: 'error', message: 'x is not defined', url: 'app.js', line: 3 }])).toBe(1)
})

test('a link event that GA4’s enhanced measurement made does not fire the container’s link triggers', () => {
  const message = { event: 'gtm.linkClick', 'gtm.triggers': '222_1' }
  expect(fired([waiting('linkClick', false)], [{ do: 'push', message }])).toBe(0)
  const anybody = { event: 'gtm.linkClick', 'gtm.triggers': '' }
  expect(fired([waiting('linkClick', false)], [{ do: 'push', message: anybody }])).toBe(1)
})

test('unless works as a blocking custom event on the listener’s event', () => {
  const unless = customEvent('6', 'gtm.linkClick', [condition('contains', '{{Click URL}}', '/shop')])
  const click: Action[] = [{ do: 'click', element: link }]
  expect(fired([waiting('linkClick', false), unless], click, ['5'], { blockingTriggerId: ['6'] })).toBe(0)
  const elsewhere = customEvent('6', 'gtm.linkClick', [condition('contains', '{{Click URL}}', '/other')])
  expect(fired([waiting('linkClick', false), elsewhere], click, ['5'], { blockingTriggerId: ['6'] })).toBe(1)
})

test.each([
  ['nav.main a', true],
  ['nav > a#shop', true],
  ['nav > svg', false],
  ['a[href^="/sh"]', true],
  ["a[href$='x']", false],
  ['a[href*=ho]', true],
  ['a:not(.cta)', true],
  ['a:not(#shop)', false],
  [':is(a, b)', true],
  ['nav, footer', false],
  ['A', true],
  ['*', true],
])('without a browser, %s on a link in the main menu is %s', (selector, expected) => {
  expect(matchesSelector(link, selector)).toBe(expected)
})

test('what only a browser can match is not known, rather than false', () => {
  for (const selector of ['a:hover', 'a:nth-child(2)', 'a::before', 'a[', '']) {
    expect(parseSelector(selector)).toBeUndefined()
    expect(isUnknown(matchesSelector(link, selector))).toBe(true)
  }
})
