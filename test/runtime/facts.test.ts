/** Rows of GTM-RUNTIME that no other file here shows, in its order; the number of its section comes first. */
import { expect, test } from 'vitest'
import { hitsIn } from '../../src/proof/browser/collected.ts'
import type { ContainerVersion } from '../../src/runtime/core/container.ts'
import { ECOMMERCE_EVENTS, readHit } from '../../src/runtime/core/hit.ts'
import type { Element } from '../../src/runtime/node/element.ts'
import type { Page } from '../../src/runtime/core/page.ts'
import { loaded, opened, push, type Action, type Session } from '../../src/runtime/node/session.ts'
import {
  boolean,
  condition,
  container,
  customEvent,
  dataLayerVariable,
  eventTag,
  googleTag,
  table,
  template,
} from './containers.ts'
import { doing, eventsOf, gtag, hitsOf, lastQuery, PAGE, pushing, readHits } from './session.ts'

type Parts = Parameters<typeof container>[0]
type Trigger = NonNullable<ContainerVersion['trigger']>[number]

const go = [customEvent('5', 'go')]
const trigger = (type: string, more: Partial<Trigger> = {}): Trigger => ({
  triggerId: '5',
  name: type,
  type,
  ...more,
})

/** What is pushed after the page has loaded. */
const pushes = (parts: Parts, actions: readonly Action[]): readonly unknown[] =>
  doing(container(parts), actions).pushes.slice(3)
const count = (session: Session, event: string): number =>
  eventsOf(session).filter((each) => each === event).length

const film = (
  status: 'start' | 'pause' | 'progress' | 'complete',
  percent: number,
  title = 'Film',
): Action => ({
  do: 'video',
  status,
  percent,
  title,
  url: `https://www.youtube.com/watch?v=${title}`,
})
const video = trigger('youTubeVideo', {
  parameter: [
    boolean('captureStart', true),
    boolean('capturePause', true),
    boolean('captureComplete', true),
    boolean('captureProgress', true),
    template('progressThresholdsPercent', '25,50,75'),
  ],
})

const form: Element = { tag: 'form', attributes: { id: 'news' }, text: '' }

// 3. Life of a page

test.each(['js', 'config', 'event', 'get'])(
  '3: gtag("%s") begins the page; consent and set do not',
  (command) => {
    const begun = push(opened(container({}), PAGE), gtag(command, 'go'))
    expect(begun.decisions.slice(0, 2).map(({ event }) => event)).toEqual(['gtm.init_consent', 'gtm.init'])
    const quiet = [gtag('consent', 'default', { ad_storage: 'denied' }), gtag('set', { a: 1 }), { a: 1 }]
    expect(quiet.reduce<Session>(push, opened(container({}), PAGE)).decisions).toEqual([])
  },
)

test('3: what the container pushes waits until the message of the moment is done', () => {
  const high = { priority: { type: 'integer', value: '99' } }
  const list = [{ type: 'triggerReference', value: '5' }]
  const parts = {
    tag: [eventTag('1', 'of_the_group', ['7'], [], high), eventTag('2', 'of_the_member', ['5'])],
    trigger: [
      ...go,
      trigger('triggerGroup', { triggerId: '7', parameter: [{ type: 'list', key: 'triggerIds', list }] }),
    ],
  }
  expect(eventsOf(pushing(container(parts), [{ event: 'go' }]))).toEqual(['of_the_member', 'of_the_group'])
})

test('3: every event has an id that rises', () => {
  const parts = {
    tag: [eventTag('1', 'custom', ['5'], [['id', '{{gtm.uniqueEventId}}']])],
    trigger: go,
    variable: [dataLayerVariable('gtm.uniqueEventId')],
  }
  const [first = 0, second = 0] = readHits(pushing(container(parts), [{ event: 'go' }, { event: 'go' }])).map(
    ({ parameters }) => Number(parameters['id']),
  )
  expect([first > 0, second > first]).toEqual([true, true])
})

// 4. Data layer

test('4: values persist when the address changes', () => {
  const parts = {
    tag: [eventTag('1', 'custom', ['5'], [['p', '{{tier}}']])],
    trigger: go,
    variable: [dataLayerVariable('tier')],
  }
  const session = doing(container(parts), [
    { do: 'push', message: { tier: 'gold' } },
    { do: 'route', url: '/next', source: 'pushState' },
    { do: 'push', message: { event: 'go' } },
  ])
  expect(lastQuery(session)).toEqual({ 'ep.p': 'gold' })
})

test.each([[''], [false], [0], [null]])(
  '4: the default of a variable does not take the place of %j',
  (value) => {
    const parts = {
      tag: [eventTag('1', 'custom', ['5'])],
      trigger: [customEvent('5', 'go', [condition('equals', '{{x}}', 'dflt')])],
      variable: [dataLayerVariable('x', 'x', { default: 'dflt' })],
    }
    expect(eventsOf(pushing(container(parts), [{ event: 'go', x: value }]))).toEqual([])
    expect(eventsOf(pushing(container(parts), [{ event: 'go' }]))).toEqual(['custom'])
  },
)

// 5.1 Listeners

test('5.1: page triggers fire once a load, and on no route of an app', () => {
  const kinds = ['pageview', 'domReady', 'windowLoaded', 'init', 'consentInit']
  const parts = {
    tag: kinds.map((kind, index) => eventTag(String(index + 1), kind, [String(index + 10)])),
    trigger: kinds.map((type, index) => trigger(type, { triggerId: String(index + 10) })),
  }
  const session = doing(container(parts), [{ do: 'route', url: '/next', source: 'pushState' }])
  expect(eventsOf(session)).toEqual(['consentInit', 'init', 'pageview', 'domReady', 'windowLoaded'])
})

test('5.1: a pattern of event names minds case', () => {
  const parts = { tag: [eventTag('1', 'custom', ['5'])], trigger: [customEvent('5', '^GO', [], true)] }
  expect(eventsOf(pushing(container(parts), [{ event: 'go' }]))).toEqual([])
  const loose = {
    ...customEvent('5', 'x'),
    customEventFilter: [condition('matchRegex', '{{_event}}', '^GO', { ignoreCase: true })],
  }
  expect(eventsOf(pushing(container({ ...parts, trigger: [loose] }), [{ event: 'go' }]))).toEqual(['custom'])
})

test.each<[Element['attributes'], object]>([
  [{ for: 'mail', id: 'own' }, { 'gtm.elementId': 'mail' }],
  [{ formtarget: '_blank', target: '_top' }, { 'gtm.elementTarget': '_blank' }],
  [{ formaction: '/a', action: '/b' }, { 'gtm.elementUrl': 'https://www.harbour.example/a' }],
  [{ action: '/b', href: '/c' }, { 'gtm.elementUrl': 'https://www.harbour.example/b' }],
  [{ src: '/d.png' }, { 'gtm.elementUrl': 'https://www.harbour.example/d.png' }],
  [{}, { 'gtm.elementUrl': '', 'gtm.elementId': '', 'gtm.elementClasses': '', 'gtm.elementTarget': '' }],
])('5.1: an element with %j gives %j', (attributes, expected) => {
  const element: Element = { tag: 'b', attributes, text: '' }
  expect(pushes({ trigger: [trigger('click')] }, [{ do: 'click', element }])).toEqual([
    expect.objectContaining({ event: 'gtm.click', 'gtm.element': element, ...expected }),
  ])
})

test.each([
  ['a', '#part', 'https://www.harbour.example/en/#part'],
  ['a', 'tel:+971', 'tel:+971'],
  ['a', 'mailto:a@harbour.example', 'mailto:a@harbour.example'],
  ['area', '/map', 'https://www.harbour.example/map'],
])('5.1: Just Links takes <%s href="%s">', (tag, href, url) => {
  const element: Element = { tag, attributes: { href }, text: 'x' }
  expect(pushes({ trigger: [trigger('linkClick')] }, [{ do: 'click', element }])).toEqual([
    expect.objectContaining({ 'gtm.elementUrl': url, 'gtm.elementText': 'x', 'gtm.triggers': '111_5' }),
  ])
})

const shows = (element: Element, percent = 60): Action => ({ do: 'show', element, percent })
const visible = (frequency: string, more: Trigger['parameter'] = []): Trigger =>
  trigger('elementVisibility', {
    parameter: [
      template('selectorType', 'CSS'),
      template('elementSelector', 'form'),
      template('firingFrequency', frequency),
      ...more,
    ],
  })

test('5.1: visibility asks for half of the element where nothing is said, and says how much and how long', () => {
  expect(pushes({ trigger: [visible('ONCE')] }, [shows(form, 49.9)])).toEqual([])
  const timed = visible('ONCE', [boolean('useOnScreenDuration', true), template('onScreenDuration', '300')])
  expect(pushes({ trigger: [timed] }, [shows(form, 50.5), { do: 'wait', milliseconds: 1000 }])).toEqual([
    expect.objectContaining({
      event: 'gtm.elementVisibility',
      'gtm.elementId': 'news',
      'gtm.visibleRatio': 50.5,
      'gtm.visibleTime': 300,
      'gtm.visibleFirstTime': 0,
      'gtm.visibleLastTime': 300,
      'gtm.triggers': '111_5',
    }),
  ])
})

test.each([
  ['ONCE', 1],
  ['ONCE_PER_ELEMENT', 1],
  ['MANY_PER_ELEMENT', 2],
])('5.1: with %s an element that is seen again counts %i times', (frequency, expected) => {
  expect(pushes({ trigger: [visible(frequency)] }, [shows(form), shows(form)])).toHaveLength(expected)
})

test('5.1: a timer says its number, interval, limit and times', () => {
  const timer = trigger('timer', {
    eventName: template('', 'gtm.timer'),
    interval: template('', '1000'),
    limit: template('', '2'),
  })
  expect(pushes({ trigger: [timer] }, [{ do: 'wait', milliseconds: 2500 }]).at(-1)).toEqual({
    event: 'gtm.timer',
    'gtm.timerId': '5',
    'gtm.timerEventNumber': 2,
    'gtm.timerInterval': 1000,
    'gtm.timerLimit': 2,
    'gtm.timerStartTime': 0,
    'gtm.timerCurrentTime': 2000,
    'gtm.timerElapsedTime': 2000,
    'gtm.triggers': '111_5',
  })
})

test('5.1: an error says its message, script and line', () => {
  const error: Action = { do: 'error', message: 'x is not defined', url: 'app.js', line: 3 }
  expect(pushes({ trigger: [trigger('jsError')] }, [error])).toEqual([
    {
      event: 'gtm.pageError',
      'gtm.errorMessage': 'x is not defined',
      'gtm.errorUrl': 'app.js',
      'gtm.errorLineNumber': 3,
    },
  ])
})

test('5.1: whether an event beside a click or an address change comes too is open, and so is what waits for it', () => {
  const parts = {
    tag: [eventTag('1', 'clicked', ['5']), eventTag('2', 'routed', ['6'])],
    trigger: [
      customEvent('5', 'gtm.click-v2'),
      customEvent('6', 'gtm.historyChange-v2'),
      trigger('click', { triggerId: '7' }),
      trigger('historyChange', { triggerId: '8' }),
    ],
  }
  const element: Element = { tag: 'b', attributes: {}, text: '' }
  const session = doing(container(parts), [
    { do: 'click', element },
    { do: 'route', url: '/next', source: 'pushState' },
  ])
  expect(session.decisions.flatMap(({ tags }) => tags)).toMatchObject([
    { name: 'GA4 clicked 1', outcome: 'undecided', because: { code: 'event-name', about: 'gtm.click-v2' } },
    { name: 'GA4 routed 2', outcome: 'undecided', because: { code: 'event-name' } },
  ])
})

test.each<[string, Action, string]>([
  ['gtm.interactedFormName', { do: 'submit', form }, 'formSubmission'],
  ['gtm.formSubmitElementText', { do: 'submit', form }, 'formSubmission'],
  ['gtm.videoElapsedTime', film('start', 0), 'youTubeVideo'],
  ['gtm.videoDuration', film('start', 0), 'youTubeVideo'],
  ['gtm.videoCurrentTime', film('start', 0), 'youTubeVideo'],
])('5.1: what a listener writes under %s is open once it has spoken', (key, action, type) => {
  const parts = {
    tag: [
      eventTag('1', 'first', ['6'], [['p', '{{key}}']]),
      eventTag('2', 'custom', ['5'], [['p', '{{key}}']]),
    ],
    trigger: [trigger(type, { parameter: [boolean('captureStart', true)] }), customEvent('6', 'go')],
    variable: [dataLayerVariable('key', key)],
  }
  const open = doing(container(parts), [{ do: 'push', message: { event: 'go' } }, action]).effects.flatMap(
    (effect) => (effect.kind === 'hit' ? [[effect.hit.event, effect.hit.open]] : []),
  )
  expect(open).toEqual([
    ['first', {}],
    ['custom', { p: { code: 'key-not-filled', about: key } }],
  ])
})

test('5.1: a film whose duration is said has its times', () => {
  const long = { ...film('progress', 25), duration: 200 }
  const some = {
    ...video,
    parameter: [boolean('captureProgress', true), template('progressThresholdsPercent', '25')],
  }
  expect(pushes({ trigger: [some] }, [long])).toMatchObject([
    { 'gtm.videoDuration': 200, 'gtm.videoCurrentTime': 50 },
  ])
})

test('5.1: a form event says whether the page prevented the default, a link event whether it opens another window', () => {
  const submits = [form, form].map((each, index): Action => ({
    do: 'submit',
    form: each,
    prevented: index > 0,
  }))
  expect(pushes({ trigger: [trigger('formSubmission')] }, submits)).toMatchObject([
    { 'gtm.formCanceled': false },
    { 'gtm.formCanceled': true },
  ])
  const opens = (attributes: Element['attributes']): unknown =>
    (
      pushes({ trigger: [trigger('linkClick')] }, [
        { do: 'click', element: { tag: 'a', attributes, text: '' } },
      ]) as readonly { readonly [key: string]: unknown }[]
    )[0]?.['gtm.willOpenInNewWindow']
  // A part of this page counts as one, too (GTM-RUNTIME 10).
  expect(
    [{ href: '/a' }, { href: '/a', target: '_blank' }, { href: '#part' }, { href: 'tel:1' }].map(opens),
  ).toEqual([false, true, true, true])
})

test('5.1: a trigger of a type that is not re-stated leaves its tag open, never silent and never fired', () => {
  const parts = { tag: [eventTag('1', 'custom', ['5'])], trigger: [trigger('userEngagement')] }
  const session = pushing(container(parts), [{ event: 'go' }])
  expect(eventsOf(session)).toEqual([])
  expect(session.decisions.at(-1)?.tags).toMatchObject([
    { outcome: 'undecided', because: { code: 'trigger-type', about: 'userEngagement' } },
  ])
})

// 5.2 Conditions

test('5.2: all conditions of a trigger must hold, any trigger of a tag is enough', () => {
  const both = [condition('equals', '{{a}}', '1'), condition('equals', '{{b}}', '1')]
  const parts = {
    tag: [eventTag('1', 'custom', ['5', '6'])],
    trigger: [customEvent('5', 'go', both), customEvent('6', 'other')],
    variable: [dataLayerVariable('a'), dataLayerVariable('b')],
  }
  const fires = (message: object) => eventsOf(pushing(container(parts), [message])).length
  expect([{ event: 'go', a: 1 }, { event: 'go', a: 1, b: 1 }, { event: 'other' }].map(fires)).toEqual([
    0, 1, 1,
  ])
})

test('5.2: a condition that throws adds nothing, and a blocking one still blocks', () => {
  // A symbol is no number, and asking for it throws.
  const message = { event: 'go', s: Symbol('s') }
  const throwing = customEvent('6', 'go', [condition('less', '{{s}}', '9')])
  const variable = [dataLayerVariable('s')]
  const adds = { tag: [eventTag('1', 'custom', ['6'])], trigger: [throwing], variable }
  expect(eventsOf(pushing(container(adds), [message]))).toEqual([])
  const blocks = {
    tag: [eventTag('1', 'custom', ['5'], [], { blockingTriggerId: ['6'] })],
    trigger: [...go, throwing],
    variable,
  }
  expect(eventsOf(pushing(container(blocks), [message]))).toEqual([])
  expect(eventsOf(pushing(container(blocks), [{ event: 'go', s: 10 }]))).toEqual(['custom'])
})

// 6. Variables and tags

test.each([
  ['clickClasses', 'gtm.elementClasses'],
  ['clickId', 'gtm.elementId'],
  ['clickTarget', 'gtm.elementTarget'],
  ['clickUrl', 'gtm.elementUrl'],
  ['formClasses', 'gtm.elementClasses'],
  ['formId', 'gtm.elementId'],
  ['formTarget', 'gtm.elementTarget'],
  ['formUrl', 'gtm.elementUrl'],
  ['errorMessage', 'gtm.errorMessage'],
  ['errorUrl', 'gtm.errorUrl'],
  ['errorLine', 'gtm.errorLineNumber'],
  ['historySource', 'gtm.historyChangeSource'],
  ['newHistoryFragment', 'gtm.newUrlFragment'],
  ['oldHistoryFragment', 'gtm.oldUrlFragment'],
  ['newHistoryState', 'gtm.newHistoryState'],
  ['oldHistoryState', 'gtm.oldHistoryState'],
  ['videoProvider', 'gtm.videoProvider'],
  ['videoUrl', 'gtm.videoUrl'],
  ['videoTitle', 'gtm.videoTitle'],
  ['videoDuration', 'gtm.videoDuration'],
  ['videoPercent', 'gtm.videoPercent'],
  ['videoVisible', 'gtm.videoVisible'],
  ['videoStatus', 'gtm.videoStatus'],
  ['videoCurrentTime', 'gtm.videoCurrentTime'],
  ['scrollDepthThreshold', 'gtm.scrollThreshold'],
  ['scrollDepthUnits', 'gtm.scrollUnits'],
  ['scrollDepthDirection', 'gtm.scrollDirection'],
  ['elementVisibilityRatio', 'gtm.visibleRatio'],
  ['elementVisibilityTime', 'gtm.visibleTime'],
])('6: the built-in variable %s reads %s as it was pushed', (type, key) => {
  const parts = {
    tag: [eventTag('1', 'custom', ['5'], [['p', '{{Built in}}']])],
    trigger: go,
    builtInVariable: [{ type, name: 'Built in' }],
  }
  expect(lastQuery(pushing(container(parts), [{ event: 'go', [key]: 'x' }]))).toEqual({ 'ep.p': 'x' })
  // A version 1 read: the tree is another view.
  const nested = { event: 'go', gtm: { [key.slice(4)]: 'x' } }
  expect(lastQuery(pushing(container(parts), [nested]))).toEqual({})
})

test.each(['containerVersion', 'environmentName', 'htmlId'])(
  '6: the built-in variable %s is decided where the container is served, and so it is open',
  (type) => {
    const parts = {
      tag: [eventTag('1', 'custom', ['5'], [['p', '{{Built in}}']])],
      trigger: go,
      builtInVariable: [{ type, name: 'Built in' }],
    }
    expect(Object.keys(hitsOf(pushing(container(parts), [{ event: 'go' }])).at(-1)?.open ?? {})).toEqual([
      'p',
    ])
  },
)

test('6: debug mode is off, a random number is one, and the text of a form is read like that of a click', () => {
  const names = ['debugMode', 'randomNumber', 'formText'] as const
  const parts = {
    tag: [
      eventTag(
        '1',
        'custom',
        ['5'],
        names.map((name) => [name, `{{${name}}}`] as const),
      ),
    ],
    trigger: [trigger('formSubmission')],
    builtInVariable: names.map((type) => ({ type, name: type })),
  }
  const session = doing(container(parts), [{ do: 'submit', form: { ...form, text: ' Join\n us ' } }])
  expect(lastQuery(session)).toEqual({
    'ep.debugMode': 'false',
    'epn.randomNumber': expect.stringMatching(/^\d+$/) as unknown,
    'ep.formText': 'Join us',
  })
})

test('6: formats are applied one after another: what null becomes may be undefined, true or false', () => {
  const format = (formatValue: object) => ({ ...dataLayerVariable('x'), formatValue })
  const sentWith = (formatValue: object) => {
    const parts = {
      tag: [eventTag('1', 'custom', ['5'], [['p', '{{x}}']])],
      trigger: go,
      variable: [format(formatValue), dataLayerVariable('yes')],
    }
    return lastQuery(pushing(container(parts), [{ event: 'go', x: null, yes: true }]))
  }
  const toYes = { convertNullToValue: template('', '{{yes}}') }
  expect(sentWith(toYes)).toEqual({ 'ep.p': 'true' })
  expect(sentWith({ ...toYes, convertTrueToValue: template('', 'agreed') })).toEqual({ 'ep.p': 'agreed' })
})

test('6: a cleanup tag runs after a main tag that sent nothing, unless it was told to stop', () => {
  const parts = (stopTeardownOnFailure: boolean) => ({
    tag: [
      eventTag('1', '', ['5'], [], { teardownTag: [{ tagName: 'GA4 after 2', stopTeardownOnFailure }] }),
      eventTag('2', 'after', []),
    ],
    trigger: go,
  })
  expect(eventsOf(pushing(container(parts(false)), [{ event: 'go' }]))).toEqual(['after'])
  expect(eventsOf(pushing(container(parts(true)), [{ event: 'go' }]))).toEqual([])
})

test('6: the main tag runs although its setup tag sent nothing, unless it was told to stop', () => {
  const parts = (stopOnSetupFailure: boolean) => ({
    tag: [
      eventTag('1', 'main', ['5'], [], { setupTag: [{ tagName: 'GA4  2', stopOnSetupFailure }] }),
      eventTag('2', '', []),
    ],
    trigger: go,
  })
  expect(eventsOf(pushing(container(parts(false)), [{ event: 'go' }]))).toEqual(['main'])
  expect(pushing(container(parts(true)), [{ event: 'go' }]).decisions.at(-1)?.tags).toMatchObject([
    { outcome: 'nothing' },
    { outcome: 'undecided', because: { code: 'setup-outcome' } },
  ])
})

// 7. The GA4 hit

/** The keys that a parameter becomes, whose value stands in the data layer under `x`. */
function sent(x: unknown, parameters = [['p', '{{x}}']] as const): Readonly<Record<string, string>> {
  const parts = {
    tag: [eventTag('1', 'custom', ['5'], parameters)],
    trigger: go,
    variable: [dataLayerVariable('x')],
  }
  return lastQuery(pushing(container(parts), [{ event: 'go', x }]))
}

test('7: functions and dates are sent by their text, numbers in a text stay text, nothing is cut', () => {
  const date = new Date(0)
  expect(sent(date)).toEqual({ 'ep.p': String(date) })
  const text = (): number => 1
  expect(sent(text)).toEqual({ 'ep.p': String(text) })
  expect(sent('42')).toEqual({ 'ep.p': '42' })
  expect(sent('x'.repeat(150))).toEqual({ 'ep.p': 'x'.repeat(150) })
})

test('7: a user property is up. for a text and upn. for a number', () => {
  const settings = {
    name: 'settings',
    type: 'gtes',
    parameter: [
      table(
        'userProperties',
        [
          ['tier', 'gold'],
          ['orders', '{{x}}'],
        ],
        ['name', 'value'],
      ),
    ],
  }
  const parts = {
    tag: [
      eventTag('1', 'custom', ['5'], [], { parameter: [template('eventSettingsVariable', '{{settings}}')] }),
    ],
    trigger: go,
    variable: [settings, dataLayerVariable('x')],
  }
  expect(lastQuery(pushing(container(parts), [{ event: 'go', x: 3 }]))).toEqual({
    'up.tier': 'gold',
    'upn.orders': '3',
  })
})

test('7: at most 200 items are sent', () => {
  const items = Array.from({ length: 201 }, (_, index) => ({ item_id: String(index) }))
  const parts = {
    tag: [eventTag('1', 'purchase', ['5'], [], { parameter: [boolean('sendEcommerceData', true)] })],
    trigger: go,
  }
  const keys = Object.keys(lastQuery(pushing(container(parts), [{ event: 'go', ecommerce: { items } }])))
  expect([keys.length, keys.includes('pr200'), keys.includes('pr201')]).toEqual([200, true, false])
})

test.each([
  'region1.google-analytics.com',
  'www.google-analytics.com',
  'analytics.google.com',
  'sgtm.harbour.example',
])('7: what is sent to %s is a hit', (host) => {
  const url = new URL(`https://${host}/g/collect?v=2&tid=G-TEST&en=one`)
  expect(hitsIn({ method: 'POST', url, headers: {}, body: Buffer.from('') }, false)).toMatchObject([
    { event: 'one', to: `https://${host}/g/collect` },
  ])
})

// 12. What running our own containers showed

test('12: scroll listeners start at gtm.load, video at gtm.dom, timers and the rest at gtm.js', () => {
  const kinds: readonly Trigger[] = [
    trigger('scrollDepth'),
    trigger('youTubeVideo', { parameter: [template('triggerStartOption', 'DOM_READY')] }),
    trigger('timer'),
    trigger('linkClick'),
  ]
  const parts = { trigger: kinds.map((each, index) => ({ ...each, triggerId: String(index + 10) })) }
  const start = opened(container(parts), PAGE)
  const listening = ['gtm.js', 'gtm.dom', 'gtm.load'].map((event, index, all) =>
    all
      .slice(0, index + 1)
      .reduce((session, each) => push(session, { event: each }), start)
      .listeners.map(({ listener }) => listener.kind),
  )
  expect(listening).toEqual([
    ['timer', 'linkClick'],
    ['timer', 'linkClick', 'youTubeVideo'],
    ['timer', 'linkClick', 'youTubeVideo', 'scrollDepth'],
  ])
})

const basic = {
  consentSettings: {
    consentStatus: 'needed',
    consentType: { type: 'list', list: [{ value: 'analytics_storage' }] },
  },
}
const SERVER = [['server_container_url', 'https://sgtm.harbour.example']] as const

/** A page on which a visitor agrees late, by the event `agreed`, and then `go` happens. */
const agreesLate = (parts: Parts): Session =>
  [
    gtag('consent', 'update', { analytics_storage: 'granted' }),
    { event: 'agreed' },
    { event: 'go' },
  ].reduce<Session>(
    push,
    loaded(opened(container(parts), PAGE), [gtag('consent', 'default', { analytics_storage: 'denied' })]),
  )

test('12: consent given late: a second trigger on the consent tool’s own event brings the Google tag back', () => {
  const tags = (firing: readonly string[]) => ({
    tag: [googleTag('9', firing, SERVER, basic), eventTag('1', 'custom', ['5'], [], basic)],
    trigger: [...go, customEvent('6', 'agreed')],
  })
  expect(eventsOf(agreesLate(tags(['2147479573'])))).toEqual(['custom'])
  const back = agreesLate(tags(['2147479573', '6']))
  expect(eventsOf(back)).toEqual(['page_view', 'custom'])
  expect(hitsOf(back).map(({ to }) => new URL(to).host)).toEqual([
    'sgtm.harbour.example',
    'sgtm.harbour.example',
  ])
})

test('12: a server container in the event settings variable too is where hits go without the Google tag', () => {
  const settings = { name: 'settings', type: 'gtes', parameter: [table('eventSettingsTable', SERVER)] }
  const event = eventTag('1', 'custom', ['5'], [], {
    ...basic,
    parameter: [template('eventSettingsVariable', '{{settings}}')],
  })
  const parts = { tag: [googleTag('9', undefined, SERVER, basic), event], trigger: go, variable: [settings] }
  expect(hitsOf(agreesLate(parts)).map(({ to }) => to)).toEqual(['https://sgtm.harbour.example/g/collect'])
})

test('12: a user property with a default on the Google tag: an automatic event after an event tag sends the default again', () => {
  const own = (value: string) => table('userProperties', [['tier', value]], ['name', 'value'])
  const settings = { name: 'settings', type: 'gtes', parameter: [own('{{tier}}')] }
  const parts = {
    tag: [
      googleTag('9', ['2147479573'], [], { parameter: [template('eventSettingsVariable', '{{settings}}')] }),
      eventTag('1', 'with', ['5'], [], { parameter: [own('{{tier}}')] }),
      eventTag('2', 'without', ['5']),
    ],
    trigger: go,
    variable: [dataLayerVariable('tier', 'tier', { default: 'free' }), settings],
  }
  const session = pushing(container(parts), [{ event: 'go', tier: 'gold' }])
  expect(hitsOf(session).map(({ event, query }) => [event, readHit(query).userProperties['tier']])).toEqual([
    ['page_view', 'free'],
    ['with', 'gold'],
    ['without', 'free'],
  ])
})

test('12: items go out with fourteen event names', () => {
  const names =
    'add_payment_info add_shipping_info add_to_cart add_to_wishlist begin_checkout purchase refund remove_from_cart select_item select_promotion view_cart view_item view_item_list view_promotion'
  expect([...ECOMMERCE_EVENTS].sort().join(' ')).toBe(names)
})

test('12: numbers of a default or a table leave as text', () => {
  const lookup = {
    name: 'lookup',
    type: 'smm',
    parameter: [template('input', 'a'), table('map', [['a', '7']], ['key', 'value'])],
  }
  const parameters = [
    ['p', '{{dflt}}'],
    ['q', '{{lookup}}'],
  ] as const
  const parts = {
    tag: [eventTag('1', 'custom', ['5'], parameters)],
    trigger: go,
    variable: [dataLayerVariable('dflt', 'none', { default: '7' }), lookup],
  }
  expect(lastQuery(pushing(container(parts), [{ event: 'go' }]))).toEqual({ 'ep.p': '7', 'ep.q': '7' })
})

test('12: click values keep those of the last click, however long ago', () => {
  const parts = {
    tag: [eventTag('1', 'custom', ['6'], [['p', '{{Click ID}}']])],
    trigger: [trigger('click'), customEvent('6', 'go')],
    builtInVariable: [{ type: 'clickId', name: 'Click ID' }],
  }
  const session = doing(container(parts), [
    { do: 'click', element: { tag: 'b', attributes: { id: 'first' }, text: '' } },
    { do: 'click', element: { tag: 'b', attributes: { id: 'last' }, text: '' } },
    { do: 'route', url: '/next', source: 'pushState' },
    { do: 'wait', milliseconds: 3_600_000 },
    { do: 'push', message: { event: 'go' } },
  ])
  expect(lastQuery(session)).toEqual({ 'ep.p': 'last' })
})

const moments = (actions: readonly Action[]) =>
  pushes({ trigger: [video] }, actions).map((each) => {
    const push = each as { readonly [key: string]: unknown }
    return `${String(push['gtm.videoTitle'])} ${String(push['gtm.videoStatus'])} ${String(push['gtm.videoPercent'])}`
  })

test('12: a resumed video gives no second start; another video has its own', () => {
  expect(
    moments([film('start', 0), film('pause', 10), film('start', 10), film('start', 0, 'Other')]),
  ).toEqual(['Film start 0', 'Film pause 10', 'Other start 0'])
})

test('12: thresholds that are left fire when the video completes, each once', () => {
  expect(moments([film('progress', 25), film('progress', 25), film('complete', 100)])).toEqual([
    'Film progress 25',
    'Film progress 50',
    'Film progress 75',
    'Film complete 100',
  ])
})

test('12: the event of a listener comes once for what two triggers ask', () => {
  const parts = { tag: [eventTag('1', 'seen', ['5', '6'])], trigger: [video, { ...video, triggerId: '6' }] }
  const session = doing(container(parts), [film('start', 0)])
  expect(session.pushes.at(-1)).toMatchObject({ event: 'gtm.video', 'gtm.triggers': '111_5,111_6' })
  expect(count(session, 'seen')).toBe(1)
})

test('7: several events in one request: shared keys in the address, one event a line', () => {
  const url = new URL('https://sgtm.harbour.example/g/collect?v=2&tid=G-TEST&gcs=G111')
  const body = Buffer.from('en=one&ep.a=x\r\nen=two&epn.b=2&_c=1')
  expect(hitsIn({ method: 'POST', url, headers: {}, body }, false)).toMatchObject([
    { event: 'one', target: 'G-TEST', consent: 'G111', parameters: { a: 'x' }, keyEvent: false },
    { event: 'two', target: 'G-TEST', consent: 'G111', parameters: { b: 2 }, keyEvent: true },
  ])
})

test('12: a Custom JavaScript variable that throws gives undefined', async () => {
  // By a name that the compiler does not follow: what runs in the page is compiled with a browser's types, this is not.
  const file: string = '../../src/runtime/page/dom-page.ts'
  const { domPage } = (await import(file)) as {
    readonly domPage: (scripts: ReadonlyMap<string, () => unknown>) => Page
  }
  const throwing = (): never => {
    throw new Error('the page’s own')
  }
  expect(domPage(new Map([['code', throwing]])).script('code', () => undefined)).toBeUndefined()
})
