/**
 * An exception blocks a tag only where it holds for the same event of the data layer. What a plan cannot say of it keeps the tag
 * out of the plan, and a plan that forgets it is found out.
 */
import { describe, expect, test } from 'vitest'
import { liftContainer } from '../../src/import/lift-container.ts'
import { roundTrip } from '../../src/import/round-trip.ts'
import { parseExport } from '../../src/lift/parse-export.ts'
import { ourTemplates } from '../compile/compile-file.ts'
import { customEvent, eventTag, exportOf, text } from './exports.ts'

const templates = await ourTemplates()
const options = { templates, today: '2026-11-22' }

const template = (value: string) => ({ type: 'TEMPLATE', value })
const when = { filter: [{ type: 'EQUALS', parameter: [text('arg0', '{{Page Path}}'), text('arg1', '/no')] }] }
const equalTo = (name: string, value: string, more: readonly object[] = []) => ({
  type: 'EQUALS',
  parameter: [text('arg0', `{{${name}}}`), text('arg1', value), ...more],
})
const not = { type: 'BOOLEAN', key: 'negate', value: 'true' }
const onPath = (...more: readonly object[]) => ({ filter: [equalTo('Page Path', '/no'), ...more] })
const own = (triggerId: string, type: string, more: object = {}) => ({
  triggerId,
  name: `${type} ${triggerId}`,
  type,
  ...more,
})
const timer = (triggerId: string, eventName: string, more: object = {}) =>
  own(triggerId, 'TIMER', {
    autoEventFilter: [{ type: 'MATCH_REGEX', parameter: [text('arg0', '{{Page URL}}'), text('arg1', '.*')] }],
    eventName: template(eventName),
    interval: template('10000'),
    limit: template('1'),
    ...more,
  })
const link = (triggerId: string, more: object = {}) =>
  own(triggerId, 'LINK_CLICK', {
    waitForTags: { type: 'BOOLEAN', value: 'false' },
    checkValidation: { type: 'BOOLEAN', value: 'false' },
    ...more,
  })
const ignoringCase = (triggerId: string, pattern: string) => ({
  ...customEvent(triggerId, pattern, 'MATCH_REGEX'),
  customEventFilter: [
    {
      type: 'MATCH_REGEX',
      parameter: [
        text('arg0', '{{_event}}'),
        text('arg1', pattern),
        { type: 'BOOLEAN', key: 'ignore_case', value: 'true' },
      ],
    },
  ],
})

/** The import of one tag of a firing trigger, with an exception and without. */
function withAndWithout(fires: object, exception: object) {
  const container = (more: object) =>
    parseExport(
      exportOf({
        tag: [eventTag('1', 'share', ['10'], { ...more })],
        trigger: [fires, exception],
        builtInVariable: [
          { type: 'PAGE_PATH', name: 'Page Path' },
          { type: 'PAGE_URL', name: 'Page URL' },
          { type: 'PAGE_HOSTNAME', name: 'Page Hostname' },
          { type: 'EVENT', name: 'Event' },
        ],
      }),
      'export.json',
    ).version ?? {}
  return { blocked: container({ blockingTriggerId: ['11'] }), free: container({}) }
}

/** Neither is the other's type, or the name is not all that decides; each stands on the event, or on some of it. */
const CASES: readonly (readonly [string, object, object, object | string])[] = [
  [
    'gtm.js, by a page view',
    customEvent('10', 'gtm.js'),
    own('11', 'PAGEVIEW', when),
    { dataLayer: 'gtm.js', unless: [{ path: { equals: '/no' } }] },
  ],
  [
    'gtm.dom, by DOM ready',
    customEvent('10', 'gtm.dom'),
    own('11', 'DOM_READY', when),
    { dataLayer: 'gtm.dom', unless: [{ path: { equals: '/no' } }] },
  ],
  [
    'a page view, by gtm.js in a pattern',
    own('10', 'PAGEVIEW'),
    { ...customEvent('11', '^gtm\\.', 'MATCH_REGEX'), ...when },
    { page: 'viewed', unless: [{ path: { equals: '/no' } }] },
  ],
  [
    'a timer with a name of its own, by that name',
    timer('10', 'tick'),
    { ...customEvent('11', 'tick'), ...when },
    { existing: 'TIMER 10', unless: [{ path: { equals: '/no' } }] },
  ],
  [
    'the name of a timer, by the timer',
    customEvent('10', 'tick'),
    timer('11', 'tick', when),
    'its exception "TIMER 11" may come on only some of the events of the data layer that fire it',
  ],
  [
    'a timer, by another of the same length',
    timer('10', 'gtm.timer'),
    timer('11', 'gtm.timer', when),
    'its exception "TIMER 11" may come on only some of the events of the data layer that fire it',
  ],
  [
    'names that begin alike, by one of them',
    customEvent('10', 'form_', 'STARTS_WITH'),
    { ...customEvent('11', 'form_error'), ...when },
    'its exception "CE - form_error" may come on only some of the events of the data layer that fire it',
  ],
  [
    'a pattern in any case, by a name of the same letters',
    ignoringCase('10', 'lead'),
    { ...customEvent('11', 'lead'), name: 'CE - internal lead', ...when },
    'its exception "CE - internal lead" may come on only some of the events of the data layer that fire it',
  ],
  [
    'every event, by a page view',
    customEvent('10', '.*', 'MATCH_REGEX'),
    own('11', 'PAGEVIEW', when),
    'its exception "PAGEVIEW 11" may come on only some of the events of the data layer that fire it',
  ],
  [
    'a link, by links that the page has not cancelled',
    link('10'),
    link('11', { checkValidation: { type: 'BOOLEAN', value: 'true' }, ...when }),
    'its exception "LINK_CLICK 11" may come on only some of the events of the data layer that fire it',
  ],
  ['a link, by any link', link('10'), link('11', when), { link: {}, unless: [{ path: { equals: '/no' } }] }],
  [
    'an event, by a condition that its trigger asks for, and one more',
    { ...customEvent('10', 'share'), filter: [equalTo('Page Hostname', 'a.example')] },
    { ...customEvent('11', 'share'), ...onPath(equalTo('Page Hostname', 'a.example')) },
    {
      dataLayer: 'share',
      when: [{ host: { equals: 'a.example' } }],
      unless: [{ path: { equals: '/no' } }],
    },
  ],
  [
    'an event, by its name among all events, and one more',
    customEvent('10', 'share'),
    { ...customEvent('11', '.*', 'MATCH_REGEX'), ...onPath(equalTo('Event', 'share')) },
    { dataLayer: 'share', unless: [{ path: { equals: '/no' } }] },
  ],
  [
    'an event, by two conditions that hold together',
    customEvent('10', 'share'),
    { ...customEvent('11', 'share'), ...onPath(equalTo('Page Hostname', 'a.example')) },
    {
      any: [
        { dataLayer: 'share', when: [{ path: { equals: '/no', negate: true } }] },
        { dataLayer: 'share', when: [{ host: { equals: 'a.example', negate: true } }] },
      ],
    },
  ],
  [
    'a link, by two conditions that hold together: two triggers on links would have two events',
    link('10'),
    link('11', onPath(equalTo('Page Hostname', 'a.example'))),
    'its exception "LINK_CLICK 11" is not one condition that a plan can say',
  ],
  [
    'a page, by what its trigger asks for and nothing else',
    own('10', 'PAGEVIEW', when),
    own('11', 'PAGEVIEW', when),
    'its conditions or its exceptions keep it back whenever a trigger fires it',
  ],
  [
    'itself, under no condition',
    customEvent('10', 'share'),
    customEvent('11', 'share'),
    'its conditions or its exceptions keep it back whenever a trigger fires it',
  ],
]

describe.each(CASES)('%s', (_, fires, exception, expected) => {
  const { blocked, free } = withAndWithout(fires, exception)

  test('becomes unless, or the tag stays out with the reason', () => {
    const { document, leftOut, lifted } = liftContainer(blocked, options)
    const all = [document.goals, ...Object.values(document.stages).map(({ micro }) => micro)]
    const said = all.flatMap((each) => Object.values(each)).find(({ event }) => event === 'share')
    if (typeof expected === 'string') expect(leftOut.map(({ reason }) => reason)).toEqual([expected])
    else {
      expect(said?.trigger).toEqual(expected)
      expect(roundTrip(blocked, document, liftContainer(blocked, options), options).faithful).toEqual(lifted)
    }
  })

  test('is missed in a plan that has lost it', () => {
    const without = liftContainer(free, options)
    expect(roundTrip(free, without.document, without, options).faithful).toEqual(['GA4 - share'])
    const found = roundTrip(blocked, without.document, without, options)
    expect([found.errors, found.faithful]).toEqual([[], []])
  })
})

test('an exception that never meets what fires the tag is left out, and said', () => {
  const { blocked } = withAndWithout(customEvent('10', 'share'), own('11', 'PAGEVIEW', when))
  const lifted = liftContainer(blocked, options)
  expect(roundTrip(blocked, lifted.document, lifted, options).faithful).toEqual(['GA4 - share'])
  expect(lifted.comments.map(({ text: comment }) => comment)).toContain(
    'its exception "PAGEVIEW 11" never comes on the event of the data layer that fires it, so that it blocks nothing',
  )
})

test('an exception that the trigger rules out is left out, and one of several conditions is said to be several triggers', () => {
  const remarksOf = (fires: object, exception: object): readonly string[] => {
    const { blocked } = withAndWithout(fires, exception)
    const lifted = liftContainer(blocked, options)
    expect(roundTrip(blocked, lifted.document, lifted, options).faithful).toEqual(['GA4 - share'])
    return lifted.comments.map(({ text: comment }) => comment).filter((each) => each.includes('exception'))
  }
  expect(
    remarksOf(
      { ...customEvent('10', 'share'), filter: [equalTo('Page Path', '/no', [not])] },
      { ...customEvent('11', 'share'), name: 'Internal', ...when },
    ),
  ).toEqual([
    'its exception "Internal" asks for what the trigger that fires it rules out, so that it blocks nothing',
  ])
  expect(
    remarksOf(customEvent('10', 'share'), {
      ...customEvent('11', 'share'),
      name: 'Internal',
      ...onPath(equalTo('Page Hostname', 'a.example')),
    }),
  ).toEqual([
    'its exception "Internal" asks for several things at once: it fires where one of them does not hold, by a trigger for each',
  ])
})

test('a tag that fires as often as its triggers do is not given two triggers for one', () => {
  const version =
    parseExport(
      exportOf({
        tag: [eventTag('1', 'share', ['10'], { blockingTriggerId: ['11'], tagFiringOption: 'UNLIMITED' })],
        trigger: [
          customEvent('10', 'share'),
          { ...customEvent('11', 'share'), ...onPath(equalTo('Page Hostname', 'a.example')) },
        ],
      }),
      'export.json',
    ).version ?? {}
  expect(liftContainer(version, options).leftOut.map(({ code }) => code)).toEqual(['exception-is-not-plain'])
})

test('an event of a tag for many that its exception takes away is none of the plan', () => {
  const { version = {} } = parseExport(
    exportOf({
      tag: [eventTag('1', '{{Event}}', ['10'], { name: 'All', blockingTriggerId: ['11'] })],
      trigger: [
        customEvent('10', '^(view_item|add_to_cart|purchase)$', 'MATCH_REGEX'),
        customEvent('11', 'purchase'),
      ],
      builtInVariable: [{ type: 'EVENT', name: 'Event' }],
    }),
    'export.json',
  )
  const lifted = liftContainer(version, options)
  const all = [lifted.document.goals, ...Object.values(lifted.document.stages).map(({ micro }) => micro)]
  expect(
    all
      .flatMap((each) => Object.values(each))
      .map(({ event }) => event)
      .filter((event) => event !== 'TODO'),
  ).toEqual(['add_to_cart', 'view_item'])
  expect(roundTrip(version, lifted.document, lifted, options).faithful).toEqual(['All'])
})
