/**
 * The round trip by running: what a container sends and what the plan of it sends are the same, whatever happens on the page.
 * It asks nothing of how the lift compares meanings, so that it finds what that does not see.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { containerVersion } from '../../src/compile/export.ts'
import { liftContainer } from '../../src/import/lift-container.ts'
import { compiledOf } from '../../src/import/compiled.ts'
import { roundTrip } from '../../src/import/round-trip.ts'
import { parseExport } from '../../src/lift/parse-export.ts'
import { buildPlan } from '../../src/plan/build.ts'
import { around } from '../../src/proof/around.ts'
import { arrange, type Container, type ContainerVersion } from '../../src/runtime/core/container.ts'
import { loaded, opened, perform, type Action, type Session } from '../../src/runtime/node/session.ts'
import { ourTemplates } from '../compile/compile-file.ts'
import { eventTag, exportOf, text } from '../import/exports.ts'
import { readHits } from '../runtime/session.ts'

const templates = await ourTemplates()
const options = { templates, today: '2026-11-22' }

const template = (value: string) => ({ type: 'TEMPLATE', value })
const flag = (key: string) => ({ type: 'BOOLEAN', key, value: 'true' })
const sometimes = <T>(list: readonly T[]) => fc.constantFrom(...list)

/** Names that begin, end and contain each other, and those of listeners. */
const NAMES = ['lead', 'lead_sent', 'pre_lead', 'LEAD', 'buy', 'tick', 'gtm.js', 'gtm.click']
const PATTERNS = [
  '^lead$',
  'lead',
  '^(lead|buy)$',
  'lead|buy',
  '^lead|buy',
  '.*',
  '^gtm\\.',
  '^(tick|gtm.click)$',
]

const condition = fc.record({
  type: sometimes(['EQUALS', 'CONTAINS', 'MATCH_REGEX']),
  subject: sometimes(['{{k}}', '{{k}}', '{{Event}}']),
  value: sometimes(['no', 'yes', 'lead']),
  negate: fc.boolean(),
})

const filter = fc.oneof(fc.constant([]), fc.array(condition, { maxLength: 2 })).map((all) =>
  all.map(({ type, subject, value, negate }) => ({
    type,
    parameter: [text('arg0', subject), text('arg1', value), ...(negate ? [flag('negate')] : [])],
  })),
)

const byName = fc
  .tuple(
    fc.oneof(
      fc.tuple(sometimes(['EQUALS', 'EQUALS', 'CONTAINS', 'STARTS_WITH', 'ENDS_WITH']), sometimes(NAMES)),
      fc.tuple(fc.constant('MATCH_REGEX'), sometimes(PATTERNS)),
    ),
    fc.boolean(),
  )
  .map(([[type, name], ignoresCase]) => ({
    type: 'CUSTOM_EVENT',
    customEventFilter: [
      {
        type,
        parameter: [
          text('arg0', '{{_event}}'),
          text('arg1', name),
          ...(type === 'MATCH_REGEX' && ignoresCase ? [flag('ignore_case')] : []),
        ],
      },
    ],
  }))

const onPage = [{ type: 'MATCH_REGEX', parameter: [text('arg0', '{{Page URL}}'), text('arg1', '.*')] }]
const listening = fc.oneof(
  sometimes(['PAGEVIEW', 'DOM_READY', 'WINDOW_LOADED', 'CLICK', 'HISTORY_CHANGE', 'JS_ERROR']).map(
    (type) => ({
      type,
    }),
  ),
  fc.tuple(sometimes(['LINK_CLICK', 'FORM_SUBMISSION']), fc.boolean()).map(([type, checked]) => ({
    type,
    waitForTags: { type: 'BOOLEAN', value: 'false' },
    checkValidation: { type: 'BOOLEAN', value: String(checked) },
    ...(checked ? { autoEventFilter: onPage } : {}),
  })),
  // With a name of its own it stays in the container: each timer of the plan is one more event for patterns of every name.
  fc.constant({
    type: 'TIMER',
    autoEventFilter: onPage,
    eventName: template('tick'),
    interval: template('1000'),
    limit: template('2'),
  }),
)

const triggers = fc.array(fc.tuple(fc.oneof({ weight: 3, arbitrary: byName }, listening), filter), {
  minLength: 3,
  maxLength: 6,
})
const tags = fc.array(
  fc.record({
    event: sometimes(['sent', '{{Event}}', '{{Event}}_x']),
    fires: fc.array(fc.nat(), { minLength: 1, maxLength: 2 }),
    blocks: fc.array(fc.nat(), { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 3 },
)

const source = fc.tuple(triggers, tags).map(([made, sent]) => {
  const ids = (places: readonly number[]): string[] => [
    ...new Set(places.map((place) => String(10 + (place % made.length)))),
  ]
  return exportOf({
    tag: sent.map(({ event, fires, blocks }, index) =>
      eventTag(String(index + 1), event, ids(fires), {
        name: `Tag ${index}`,
        blockingTriggerId: ids(blocks),
        parameter: [
          {
            type: 'LIST',
            key: 'eventSettingsTable',
            list: [{ type: 'MAP', map: [text('parameter', 'from'), text('parameterValue', `tag_${index}`)] }],
          },
        ],
      }),
    ),
    trigger: made.map(([trigger, asked], index) => ({
      triggerId: String(10 + index),
      name: `Trigger ${index}`,
      ...trigger,
      filter: asked,
    })),
    variable: [
      {
        variableId: '31',
        name: 'k',
        type: 'v',
        parameter: [{ type: 'INTEGER', key: 'dataLayerVersion', value: '2' }, text('name', 'k')],
      },
    ],
    builtInVariable: [
      { type: 'EVENT', name: 'Event' },
      { type: 'PAGE_URL', name: 'Page URL' },
    ],
  })
})

// A page that pushes a timer's event itself finds in `gtm.triggers` whatever listener was last there.
const PUSHED = [...NAMES.filter((name) => name !== 'tick'), 'leads', 'rebuy', 'other']
const link = { tag: 'a', attributes: { href: '/next', target: '_blank' }, text: 'Next' }
const acts: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(sometimes(PUSHED), sometimes(['no', 'yes', undefined]))
      .map(([event, k]): Action => ({ do: 'push', message: { event, ...(k === undefined ? {} : { k }) } })),
  },
  fc.boolean().map((prevented): Action => ({ do: 'click', element: link, prevented })),
  fc.boolean().map((prevented): Action => ({
    do: 'submit',
    form: { tag: 'form', attributes: {}, text: '' },
    prevented,
  })),
  sometimes<Action>([
    { do: 'wait', milliseconds: 1100 },
    { do: 'route', url: '/b', source: 'pushState' },
    { do: 'error', message: 'm', url: 'u', line: 3 },
  ]),
)

/** What each act sends, in no order: of tags that one event fires nobody promises any. */
function sent(container: Container, actions: readonly Action[], k: string): readonly string[] {
  let session: Session = loaded(opened(container, { url: 'https://www.harbour.example/' }), [{ k }])
  const seen = (from: number): readonly string[] =>
    readHits(session)
      .slice(from)
      .map(({ event, parameters }) => `${event} ${JSON.stringify(parameters)}`)
      .sort()
  const all = [...seen(0)]
  for (const [index, action] of actions.entries()) {
    const before = readHits(session).length
    session = perform(session, action)
    all.push(...seen(before).map((hit) => `${index} ${action.do}: ${hit}`))
  }
  return all
}

test('what is lifted sends what the container sends', () => {
  fc.assert(
    fc.property(
      source,
      fc.array(acts, { minLength: 8, maxLength: 20 }),
      sometimes(['no', 'yes']),
      (written, actions, k) => {
        const { version = {} } = parseExport(written, 'export.json')
        const lifted = liftContainer(version, options)
        fc.pre(lifted.lifted.length > 0)
        expect(roundTrip(version, lifted.document, lifted, options).faithful).toEqual(lifted.lifted)
        const plan = buildPlan(lifted.document, 'production', 'plan.yaml')
        const { resources } = compiledOf(lifted.document, templates)
        const ours = containerVersion(plan, resources, new Date(0), () => '0'.repeat(12)) as ContainerVersion
        const theirs = version as object as ContainerVersion
        const isLifted = ({ name }: { readonly name: string }): boolean => lifted.lifted.includes(name)
        const before = arrange({ ...theirs, tag: (theirs.tag ?? []).filter(isLifted) })
        // The container's triggers stay: what they listen for is pushed, and patterns of every name see it.
        const after = arrange(around({ ...theirs, tag: [] }, ours, plan.id, new Date(0)))
        expect(sent(after, actions, k)).toEqual(sent(before, actions, k))
      },
    ),
    { numRuns: 60 },
  )
})
