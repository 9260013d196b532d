/** Conditions on what a trigger says of its moment: scenarios in which they hold, and in which they do not. */
import { describe, expect, test } from 'vitest'
import { browserRunner } from '../../src/proof/browser/runner.ts'
import { readRuntime } from '../../src/proof/browser/gtm-script.ts'
import { atLevel, trialOf } from '../../src/proof/prove.ts'
import type { Result } from '../../src/proof/report.ts'
import { chromium as place, note } from '../chromium.ts'
import { proving, trialFor } from './trial.ts'

const GOALS = {
  // Less is passed on the way to more; where it holds for what is passed, the silence cannot be tried.
  deep: 'event: deep, trigger: { scroll: { percent: [25, 50, 75] }, when: [{ scroll: { depth: { greaterThan: 50 } } }] }, parameters: { depth: { scroll: depth } }',
  shallow:
    'event: shallow, trigger: { scroll: { percent: [25, 75] }, unless: [{ scroll: { depth: { equals: "25" } } }] }',
  only_low:
    'event: only_low, trigger: { scroll: { percent: [25, 75] }, when: [{ scroll: { depth: { lessThan: 50 } } }] }',
  seen: 'event: seen, trigger: { visible: { selector: "#offer", percent: 40 }, when: [{ visibility: { percent: { lessThan: 80 } } }] }, parameters: { share: { visibility: percent } }',
  long: 'event: long, trigger: { visible: { selector: "#offer", duration: 2s }, when: [{ visibility: { duration: { greaterThan: 1000 } } }] }, parameters: { seen_for: { visibility: duration } }',
  routed: 'event: routed, trigger: { history: {}, when: [{ history: { source: { equals: popstate } } }] }',
  part: 'event: part, trigger: { history: { source: pushState }, when: [{ history: { new_fragment: { startsWith: step- } } }, { history: { old_fragment: { equals: basket } } }] }, parameters: { step: { history: new_fragment }, from: { history: old_fragment } }',
  broken:
    'event: broken, trigger: { error: {}, when: [{ error: { message: { contains: checkout } } }, { error: { line: { greaterThan: 100 } } }], unless: [{ error: { url: { contains: extension } } }] }, parameters: { message: { error: message }, line: { error: line }, script: { error: url } }',
  film: 'event: film, trigger: { video: { start: true, percent: [25, 50], complete: true }, when: [{ video: { percent: { greaterThan: 30 } } }, { video: { title: { contains: Tour } } }] }, parameters: { title: { video: title }, at: { video: current_time }, length: { video: duration } }',
  named:
    'event: named, trigger: { scroll: { percent: [25, 75] }, when: [{ value: { lookup: { from: { scroll: depth }, map: { "75": deep } } }, test: { equals: deep } }] }',
}

test('a listener that is armed on some pages is silent where the page began otherwise', async () => {
  const results = await proving(
    trialFor({
      stayed:
        'event: stayed, trigger: { timer: { every: 30s }, armedWhen: [{ path: { startsWith: /guide } }, { cookie: { team: { equals: "1", negate: true } } }] }',
      asked:
        'event: asked, trigger: { form: { id: contact, waitForTags: true }, armedWhen: [{ dataLayer: { plan.type: { equals: pro } } }], when: [{ path: { contains: /help } }] }',
    }),
  )
  expect(results.filter(({ outcome }) => outcome !== 'proven')).toEqual([])
  expect(
    results
      .filter(({ scenario }) => /fires|when/.test(scenario))
      .map(({ scenario, expected }) => [scenario, expected.length]),
  ).toEqual([
    ['stayed/fires', 1],
    ['stayed/silent-unless-when-1', 0],
    ['stayed/silent-unless-when-2', 0],
    ['asked/fires', 1],
    ['asked/silent-unless-when-1', 0],
    ['asked/silent-unless-when-2', 0],
  ])
})

test('each is proven without a browser, or says why it is not tried', async () => {
  const results = await proving(trialFor(GOALS))
  const left = results.filter(({ outcome }) => outcome !== 'proven')
  expect(left.map(({ scenario, outcome, because }) => [scenario, outcome, ...because])).toEqual([
    [
      'only_low/silent-unless-when-1',
      'not-tried',
      'no moment of its trigger that is reached without another one at which it fires has scroll depth not lessThan "50"',
    ],
    [
      'long/silent-unless-when-1',
      'not-tried',
      'no moment of its trigger that is reached without another one at which it fires has visible duration not greaterThan "1000"',
    ],
  ])
  expect(results.map(({ scenario }) => scenario).filter((id) => /fires|when|unless-\d/.test(id))).toEqual([
    'deep/fires',
    'deep/silent-unless-when-1',
    'shallow/fires',
    'shallow/silent-unless-1',
    'only_low/fires',
    'only_low/silent-unless-when-1',
    'seen/fires',
    'seen/silent-unless-when-1',
    'long/fires',
    'long/silent-unless-when-1',
    'routed/fires',
    'routed/silent-unless-when-1',
    'part/fires',
    'part/silent-unless-when-1',
    'part/silent-unless-when-2',
    'broken/fires',
    'broken/silent-unless-when-1',
    'broken/silent-unless-when-2',
    'broken/silent-unless-1',
    'film/fires',
    'film/silent-unless-when-1',
    'film/silent-unless-when-2',
    'named/fires',
    'named/silent-unless-when-1',
  ])
  const sent = results.flatMap(({ scenario, saw }) =>
    saw
      .filter(({ event }) => scenario === `${event}/fires`)
      .map(({ event, parameters }) => [event, parameters]),
  )
  expect(Object.fromEntries(sent)).toEqual({
    deep: { depth: 75 },
    shallow: {},
    only_low: {},
    seen: { share: 79 },
    long: { seen_for: 2000 },
    routed: {},
    part: { step: 'step-', from: 'basket' },
    broken: { message: 'checkout', line: 101, script: 'https://www.site.example/example.js' },
    film: { title: 'Tour', at: 100, length: 200 },
    named: {},
  })
})

test('a container that minds none of these conditions is refuted', async () => {
  const made = trialFor(GOALS)
  const version = {
    ...made.version,
    trigger: (made.version.trigger ?? []).map(({ filter, ...rest }) => (void filter, rest)),
    tag: (made.version.tag ?? []).map(({ blockingTriggerId, ...rest }) => (void blockingTriggerId, rest)),
  }
  const results = await proving({ ...made, trial: trialOf(made.plan, made.resources, version) })
  const conditions = results.filter(
    ({ scenario, outcome }) => /unless-when/.test(scenario) && outcome !== 'not-tried',
  )
  expect(conditions.filter(({ outcome }) => outcome !== 'refuted').map(({ scenario }) => scenario)).toEqual(
    [],
  )
})

test('where Google’s own runtime runs, no film is only said to play', () => {
  const { scenarios } = trialFor(GOALS)
  const tried = (level: 'emulated' | 'preview') =>
    scenarios.map((each) => atLevel(each, level)).filter(({ impossible }) => impossible === undefined).length
  const films = scenarios.filter(({ id }) => id.startsWith('film/')).length
  expect(tried('emulated') - tried('preview')).toBe(films)
})

describe.skipIf(place === undefined)(`in a browser${note}`, () => {
  test('and in a page, with the same values', async () => {
    const own = ({ saw, scenario }: Result) =>
      saw.filter(({ event }) => scenario.startsWith(`${event}/`)).map(({ parameters }) => parameters)
    const shown = (results: readonly Result[]) =>
      results.map((result) => [result.scenario, result.outcome, result.because, own(result)])
    const made = trialFor(GOALS)
    const runner = await browserRunner({
      browser: place ?? '',
      now: new Date(0),
      container: 'GTM-LIVE001',
      gtm: { kind: 'ours', runtime: await readRuntime(process.cwd()), version: made.version, property: {} },
      hosts: new Set(['www.shop.example']),
      note: () => undefined,
    })
    const inPage = await proving(made, { observe: runner.run, lanes: 3 }).finally(() => runner.close())
    expect(shown(inPage)).toEqual(shown(await proving(made)))
  })
})
