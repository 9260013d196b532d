import { expect, test } from 'vitest'
import { opened, push } from '../../src/runtime/node/session.ts'
import { condition, container, customEvent, dataLayerVariable, eventTag } from './containers.ts'
import { doing, eventsOf, gtag, PAGE, pushing } from './session.ts'

const go = [customEvent('5', 'go')]

const needs = (...types: readonly string[]) => ({
  consentSettings: {
    consentStatus: 'needed',
    consentType: { type: 'list', list: types.map((value) => ({ value })) },
  },
})

test('a page begins with consent initialization, then initialization, before its own first event', () => {
  const session = pushing(container({}), [{ event: 'go' }])
  expect(session.decisions.map(({ event }) => event)).toEqual([
    'gtm.init_consent',
    'gtm.init',
    'gtm.js',
    'gtm.dom',
    'gtm.load',
    'go',
  ])
  expect(session.pushes).not.toContainEqual(expect.objectContaining({ event: 'gtm.init' }))
})

test('an event of the site before gtm.js comes after initialization and before gtm.js', () => {
  const early = [{ event: 'early' }, { event: 'gtm.js' }].reduce<ReturnType<typeof opened>>(
    push,
    opened(container({}), PAGE),
  )
  expect(early.decisions.map(({ event }) => event)).toEqual([
    'gtm.init_consent',
    'gtm.init',
    'early',
    'gtm.js',
  ])
})

test('a second gtm.js is ignored', () => {
  const parts = { tag: [eventTag('1', 'seen', ['2147479553'])] }
  expect(eventsOf(pushing(container(parts), [{ event: 'gtm.js' }]))).toEqual(['seen'])
})

test('event ids rise', () => {
  const ids = pushing(container({}), [{ event: 'go' }]).decisions.map(({ eventId }) => eventId)
  expect(ids).toEqual([1, 2, 3, 4, 5, 6])
})

test('a pattern of event names is unanchored, and data of an earlier push still counts', () => {
  const parts = {
    tag: [eventTag('1', 'matched', ['5'])],
    trigger: [customEvent('5', '^my_.*', [condition('equals', '{{plan.name}}', 'pro')], true)],
    variable: [dataLayerVariable('plan.name')],
  }
  const messages = [{ plan: { name: 'pro' } }, { event: 'my_event' }, { event: 'not_my_event' }]
  expect(eventsOf(pushing(container(parts), messages))).toEqual(['matched'])
})

test('a blocking trigger takes the tag out, whatever the order', () => {
  const parts = {
    tag: [eventTag('1', 'blocked', ['5'], [], { blockingTriggerId: ['6'] }), eventTag('2', 'other', ['5'])],
    trigger: [
      customEvent('5', 'go'),
      customEvent('6', '.*', [condition('equals', '{{flag}}', 'true')], true),
    ],
    variable: [dataLayerVariable('flag')],
  }
  expect(eventsOf(pushing(container(parts), [{ event: 'go', flag: true }]))).toEqual(['other'])
  expect(eventsOf(pushing(container(parts), [{ event: 'go' }]))).toEqual(['blocked', 'other'])
})

test('a tag fires once an event, even if several of its triggers match', () => {
  const parts = {
    tag: [eventTag('1', 'one', ['5', '6'])],
    trigger: [...go, customEvent('6', '^go$', [], true)],
  }
  expect(eventsOf(pushing(container(parts), [{ event: 'go' }]))).toEqual(['one'])
})

test('tags run by priority, highest first, equals by rising id', () => {
  const high = { priority: { type: 'integer', value: '10' } }
  const parts = {
    tag: [
      eventTag('3', 'third', ['5']),
      eventTag('2', 'second', ['5']),
      eventTag('9', 'first', ['5'], [], high),
    ],
    trigger: go,
  }
  expect(eventsOf(pushing(container(parts), [{ event: 'go' }]))).toEqual(['first', 'second', 'third'])
})

test('a oncePerLoad tag on two identical events fires once; the next page begins anew', () => {
  const parts = { tag: [eventTag('1', 'once', ['5'], [], { tagFiringOption: 'oncePerLoad' })], trigger: go }
  expect(eventsOf(pushing(container(parts), [{ event: 'go' }, { event: 'go' }]))).toEqual(['once'])
})

test('an occurrence that consent holds back uses a oncePerLoad tag up; one that is blocked does not', () => {
  const once = { tagFiringOption: 'oncePerLoad' }
  const consent = {
    tag: [eventTag('1', 'once', ['5'], [], { ...once, ...needs('analytics_storage') })],
    trigger: go,
  }
  const late = [
    gtag('consent', 'default', { analytics_storage: 'denied' }),
    { event: 'go' },
    gtag('consent', 'update', { analytics_storage: 'granted' }),
    { event: 'go' },
  ]
  const held = pushing(container(consent), late)
  expect(eventsOf(held)).toEqual([])
  expect(held.decisions.at(-1)?.tags).toMatchObject([{ outcome: 'used-up' }])
  const blocked = {
    tag: [eventTag('1', 'once', ['5'], [], { ...once, blockingTriggerId: ['6'] })],
    trigger: [...go, customEvent('6', 'go', [condition('equals', '{{flag}}', 'true')])],
    variable: [dataLayerVariable('flag')],
  }
  const twice = [
    { event: 'go', flag: true },
    { event: 'go', flag: false },
  ]
  expect(eventsOf(pushing(container(blocked), twice))).toEqual(['once'])
})

test('additional consent needs every type at that moment, and holds nothing back where no default is set', () => {
  const parts = {
    tag: [eventTag('1', 'asked', ['5'], [], needs('ad_storage', 'analytics_storage'))],
    trigger: go,
  }
  const half = gtag('consent', 'default', { ad_storage: 'granted', analytics_storage: 'denied' })
  const session = pushing(container(parts), [half, { event: 'go' }])
  expect(eventsOf(session)).toEqual([])
  expect(session.decisions.at(-1)?.tags).toMatchObject([{ outcome: 'no-consent', by: ['analytics_storage'] }])
  expect(eventsOf(pushing(container(parts), [{ event: 'go' }]))).toEqual(['asked'])
})

test('consent by region leaves a tag that needs it undecided', () => {
  const parts = { tag: [eventTag('1', 'asked', ['5'], [], needs('ad_storage'))], trigger: go }
  const regional = gtag('consent', 'default', { ad_storage: 'denied', region: ['SA'] })
  const session = pushing(container(parts), [regional, { event: 'go' }])
  expect(session.decisions.at(-1)?.tags).toMatchObject([
    { outcome: 'undecided', because: { code: 'consent-by-region' } },
  ])
})

test('an update of consent holds whatever a later default says', () => {
  const parts = { tag: [eventTag('1', 'asked', ['5'], [], needs('ad_storage'))], trigger: go }
  const messages = [
    gtag('consent', 'update', { ad_storage: 'granted' }),
    gtag('consent', 'default', { ad_storage: 'denied' }),
    { event: 'go' },
  ]
  expect(eventsOf(pushing(container(parts), messages))).toEqual(['asked'])
})

test('a paused tag does nothing, and says so', () => {
  const parts = { tag: [eventTag('1', 'paused', ['5'], [], { paused: true })], trigger: go }
  const session = pushing(container(parts), [{ event: 'go' }])
  expect(eventsOf(session)).toEqual([])
  expect(session.decisions.at(-1)?.tags).toMatchObject([{ outcome: 'paused' }])
})

test('a setup tag runs first and a cleanup tag last, without triggers of their own', () => {
  const parts = {
    tag: [
      eventTag('1', 'main', ['5'], [], {
        setupTag: [{ tagName: 'GA4 before 2' }],
        teardownTag: [{ tagName: 'GA4 after 3' }],
      }),
      eventTag('2', 'before', []),
      eventTag('3', 'after', []),
    ],
    trigger: go,
  }
  expect(eventsOf(pushing(container(parts), [{ event: 'go' }]))).toEqual(['before', 'main', 'after'])
})

test('a setup tag that fires on the same event too runs once, unless it is unlimited', () => {
  const parts = (tagFiringOption: string) => ({
    tag: [
      eventTag('1', 'main', ['5'], [], { setupTag: [{ tagName: 'GA4 base 2' }] }),
      eventTag('2', 'base', ['5'], [], { tagFiringOption }),
    ],
    trigger: go,
  })
  expect(eventsOf(pushing(container(parts('oncePerEvent')), [{ event: 'go' }]))).toEqual(['base', 'main'])
  expect(eventsOf(pushing(container(parts('unlimited')), [{ event: 'go' }]))).toEqual([
    'base',
    'main',
    'base',
  ])
})

test('whether a setup tag that consent holds back counts as failed is open', () => {
  const parts = {
    tag: [
      eventTag('1', 'main', ['5'], [], { setupTag: [{ tagName: 'GA4 base 2', stopOnSetupFailure: true }] }),
      eventTag('2', 'base', [], [], needs('ad_storage')),
    ],
    trigger: go,
  }
  const denied = gtag('consent', 'default', { ad_storage: 'denied' })
  expect(pushing(container(parts), [denied, { event: 'go' }]).decisions.at(-1)?.tags).toMatchObject([
    { outcome: 'no-consent' },
    { outcome: 'undecided', because: { code: 'setup-outcome' } },
  ])
})

const group = {
  triggerId: '7',
  name: 'both',
  type: 'triggerGroup',
  parameter: [
    {
      type: 'list',
      key: 'triggerIds',
      list: [
        { type: 'triggerReference', value: '5' },
        { type: 'triggerReference', value: '6' },
      ],
    },
  ],
}

test('a group fires when every member has fired, once a page, even with unlimited', () => {
  const parts = {
    tag: [eventTag('1', 'both', ['7'], [], { tagFiringOption: 'unlimited' })],
    trigger: [...go, customEvent('6', 'stay'), group],
  }
  const messages = ['go', 'go', 'stay', 'go', 'stay'].map((event) => ({ event }))
  const session = pushing(container(parts), messages)
  expect(eventsOf(session)).toEqual(['both'])
  expect(session.pushes).toContainEqual({ event: 'gtm.triggerGroup', 'gtm.triggers': '111_7' })
})

test('unless of a group is asked once, at completion; blocked then, it does not fire again on that page', () => {
  const parts = {
    tag: [eventTag('1', 'both', ['7'], [], { blockingTriggerId: ['8'] })],
    trigger: [
      ...go,
      customEvent('6', 'stay'),
      group,
      customEvent('8', 'gtm.triggerGroup', [condition('equals', '{{staff}}', 'true')]),
    ],
    variable: [dataLayerVariable('staff')],
  }
  const blocked = [
    { event: 'go', staff: true },
    { event: 'stay' },
    { staff: false },
    { event: 'go' },
    { event: 'stay' },
  ]
  expect(eventsOf(pushing(container(parts), blocked))).toEqual([])
  expect(eventsOf(pushing(container(parts), blocked.slice(2)))).toEqual(['both'])
})

test('a group with an undecided member is undecided, never silent', () => {
  const parts = {
    tag: [eventTag('1', 'both', ['7'])],
    trigger: [
      customEvent('5', 'go', [condition('equals', '{{scripted}}', 'x')]),
      customEvent('6', 'stay'),
      group,
    ],
    variable: [{ name: 'scripted', type: 'jsm', parameter: [] }],
  }
  const session = pushing(container(parts), [{ event: 'go' }, { event: 'stay' }])
  expect(session.decisions.at(-1)?.tags).toMatchObject([
    { outcome: 'undecided', because: { code: 'needs-a-page' } },
  ])
})

test('the callback of an event learns which tags ran', () => {
  const heard: unknown[] = []
  const parts = { tag: [eventTag('1', 'custom', ['5'])], trigger: go }
  const session = pushing(container(parts), [
    { event: 'go', eventCallback: (...args: unknown[]) => heard.push(args) },
  ])
  for (const effect of session.effects)
    if (effect.kind === 'callback') effect.call('GTM-TEST', { tags: effect.tags })
  expect(heard).toEqual([['GTM-TEST', { tags: [{ id: '1', status: 'success', executionTime: 0 }] }]])
})

test('a pushed function reads and sets the data layer; one that throws stops nothing', () => {
  const parts = {
    tag: [eventTag('1', 'custom', ['5'], [['p', '{{a.b}}']])],
    trigger: go,
    variable: [dataLayerVariable('a.b')],
  }
  const messages = [
    { a: { b: 1 } },
    function (this: { get: (key: string) => number; set: (key: string, value: unknown) => void }) {
      this.set('a.b', this.get('a.b') + 1)
    },
    () => {
      throw new Error('the page’s own')
    },
    { event: 'go' },
  ]
  expect(
    Object.fromEntries(
      pushing(container(parts), messages).effects.flatMap((effect) =>
        effect.kind === 'hit' ? effect.hit.query : [],
      ),
    ),
  ).toMatchObject({ 'epn.p': '2' })
})

test('gtag("event") on the page goes to Google’s library; triggers of that name are undecided', () => {
  const parts = { tag: [eventTag('1', 'custom', ['5'])], trigger: go }
  const session = pushing(container(parts), [gtag('event', 'go', {})])
  expect(session.decisions.at(-1)).toMatchObject({
    event: 'go',
    tags: [{ outcome: 'undecided', because: { code: 'gtag-call' } }],
  })
})

test('a variable that refers to itself gives nothing', () => {
  const parts = {
    tag: [eventTag('1', 'custom', ['5'], [['p', 'x{{loop}}']])],
    trigger: go,
    variable: [
      { name: 'loop', type: 'c', parameter: [{ type: 'template', key: 'value', value: '{{loop}}' }] },
    ],
  }
  expect(doing(container(parts), [{ do: 'push', message: { event: 'go' } }]).effects.at(-1)).toMatchObject({
    hit: { query: expect.arrayContaining([['ep.p', 'x']]) as unknown },
  })
})

test('a state is never changed, only followed by another', () => {
  const parts = {
    tag: [eventTag('1', 'once', ['5'], [], { tagFiringOption: 'oncePerLoad' }), eventTag('2', 'both', ['7'])],
    trigger: [...go, customEvent('6', 'stay'), group],
  }
  const before = pushing(container(parts), [])
  const frozen = JSON.stringify({ ...before.state, usedUp: [...before.state.usedUp] })
  push(push(before, { event: 'go', a: { b: 1 } }), { event: 'stay' })
  expect(JSON.stringify({ ...before.state, usedUp: [...before.state.usedUp] })).toBe(frozen)
})
