/** A container broken on purpose must be refuted: each line of the compiled container that matters, turned round. */
import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import type { CompiledPlan } from '../../src/commands/load-plan.ts'
import { loadCompiled } from '../../src/commands/load-plan.ts'
import { quietIo } from '../../src/commands/quiet-io.ts'
import { renderContainerFile } from '../../src/compile/export.ts'
import { parseExport } from '../../src/lift/parse-export.ts'
import { deriveScenarios } from '../../src/proof/derive.ts'
import { logicRunner } from '../../src/proof/logic.ts'
import { prove, trialOf } from '../../src/proof/prove.ts'
import type { ContainerVersion } from '../../src/runtime/core/container.ts'

const io = quietIo()

let compiled: CompiledPlan
let text: string
beforeAll(async () => {
  compiled = await loadCompiled('plans/outfitters.yaml', { environment: 'staging' }, io)
  const { version } = parseExport(renderContainerFile(compiled.plan, compiled.resources, io.now()), 'test')
  text = JSON.stringify(version)
})

/** Ids of scenarios that are refuted when the compiled container is changed like this. */
async function refuted(change: (version: ContainerVersion) => unknown): Promise<readonly string[]> {
  const version = JSON.parse(text) as ContainerVersion
  const changed = (change(version) ?? version) as ContainerVersion
  const trial = trialOf(compiled.plan, compiled.resources, changed)
  const results = await prove({
    trial,
    scenarios: deriveScenarios(compiled.plan),
    explain: new Set(),
    observe: logicRunner(trial.container).run,
    progress: () => undefined,
  })
  return results.filter(({ outcome }) => outcome === 'refuted').map(({ scenario }) => scenario)
}

const replaced = (from: string, to: string) => () => {
  if (!text.includes(from)) throw new Error(`the container does not hold ${from}`)
  return JSON.parse(text.replaceAll(from, to)) as ContainerVersion
}

test('as compiled, nothing is refuted', async () => {
  expect(await refuted(() => undefined)).toEqual([])
})

test.each<readonly [string, () => (version: ContainerVersion) => unknown, readonly string[]]>([
  [
    'the table of markets has lost a host',
    () => replaced('"value":"kw.harbour.example"', '"value":"gone.harbour.example"'),
    ['purchase/fires-in-kw'],
  ],
  [
    'a tag sends another event name',
    () => replaced('"value":"content_engaged"', '"value":"content_engagd"'),
    ['article_read/fires', 'article_read/fires-without-consent'],
  ],
  [
    'a blocking trigger is gone',
    () => (version) => ({
      ...version,
      tag: version.tag?.map((tag) =>
        tag.name === 'GA4 Event - newsletter_signup' ? { ...tag, blockingTriggerId: [] } : tag,
      ),
    }),
    ['newsletter_signup/silent-unless-1'],
  ],
  [
    'the property is another one',
    () => replaced('G-STAGE00001', 'G-SHOP000001'),
    expect.arrayContaining(['purchase/fires', 'stock_alert/fires']) as unknown as string[],
  ],
  [
    'a selector is misspelt',
    () => replaced('nav.main-menu a[data-category]', 'nav.mainmenu a[data-category]'),
    ['category_opened/fires', 'category_opened/fires-without-consent'],
  ],
  [
    'a data layer key is misspelt',
    () => replaced('"value":"coupon_status"', '"value":"coupon_state"'),
    ['promo_code/fires', 'promo_code/fires-without-consent'],
  ],
  [
    'a scroll depth is another one',
    () => replaced('"value":"75"', '"value":"50"'),
    ['article_read/silent-without-part-1'],
  ],
])('when %s, it is refuted', async (_, change, expected) => {
  expect(await refuted(change())).toEqual(expected)
})

test('a stranger’s tag that sends the same event is double counting', async () => {
  const twice = (version: ContainerVersion) => {
    const own = version.tag?.find(({ name }) => name === 'GA4 Event - purchase')
    return { ...version, tag: [...(version.tag ?? []), { ...own, tagId: '999', name: 'Old purchase tag' }] }
  }
  expect(await refuted(twice)).toContain('purchase/fires')
})

test('a hit that goes round the server container is seen', async () => {
  const { plan, resources } = await loadCompiled('plans/workspace.yaml', { environment: 'staging' }, io)
  const { version } = parseExport(renderContainerFile(plan, resources, io.now()), 'test')
  const becauseOf = async (changed: unknown) => {
    const trial = trialOf(plan, resources, changed as ContainerVersion)
    const scenarios = deriveScenarios(plan)
    const observe = logicRunner(trial.container).run
    const results = await prove({ trial, scenarios, explain: new Set(), observe, progress: () => undefined })
    return new Set(results.flatMap(({ because }) => because))
  }
  expect(await becauseOf(version)).toEqual(new Set())
  const path = JSON.stringify(version).replaceAll(
    '//metrics.staging.loomdesk.example"',
    '//metrics.staging.loomdesk.example/old"',
  )
  expect(await becauseOf(JSON.parse(path))).toEqual(
    new Set([
      'it goes round the server container: to https://metrics.staging.loomdesk.example/old, not to https://metrics.staging.loomdesk.example',
    ]),
  )
  const without = JSON.stringify(version).replaceAll('server_container_url', 'server_container')
  expect(await becauseOf(JSON.parse(without))).toEqual(
    // Where analytics_storage is denied, Google's library takes the other of its hosts.
    new Set([
      'it goes round the server container: to https://www.google-analytics.com, not to https://metrics.staging.loomdesk.example',
      'it goes round the server container: to https://analytics.google.com, not to https://metrics.staging.loomdesk.example',
    ]),
  )
})

test('the plan that is broken here is the one that ships', () => {
  expect(readFileSync('plans/outfitters.yaml', 'utf8')).toContain('plan: outfitters')
})
