import { readFile } from 'node:fs/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { renderApplyReportText } from '../../src/render/apply-report-text.ts'
import { renderApplyReportJson, renderChangeSetJson } from '../../src/render/change-set-json.ts'
import { renderChangeSetMarkdown } from '../../src/render/change-set-markdown.ts'
import { renderChangeSetText } from '../../src/render/change-set-text.ts'
import { Colleague } from '../apply/colleague.ts'
import { World } from '../apply/harness.ts'
import { resourcesOf, SHOP, type SmallPlan } from '../apply/make-resources.ts'

let world: World
let dana: Colleague
beforeAll(async () => {
  world = await World.start()
  dana = new Colleague(world)
})
afterAll(() => world.sandbox.close())
beforeEach(() => world.reset())

/** A create, an update, a rename with what it takes along, a delete, something found, something changed by hand. */
const EDITED: SmallPlan = {
  conversions: [
    { id: 'signup', sends: ['method', 'place'], target: '9% of sessions', keyEvent: { value: 6 } },
    { id: 'search', title: 'Site search', event: 'search', sends: ['place'], stage: 'consideration' },
    { id: 'lead', group: true, keyEvent: { session: true } },
    { id: 'call', stage: 'consideration', target: '50 per month', keyEvent: {} },
  ],
  variables: { method: 'Sign-up method', place: '' },
  dimensions: {},
  builtIns: SHOP.builtIns ?? [],
}

async function prepare(): Promise<void> {
  await world.apply(resourcesOf(SHOP))
  await dana.edit(async (desk) => {
    await desk.change('tags', 'GA4 Event - lead', (tag) => ({ ...tag, paused: true }))
    await desk.change('tags', 'GA4 Event - signup', (tag) => ({ ...tag, tagFiringOption: 'unlimited' }))
  })
}

test('a difference reads like this', async () => {
  await prepare()
  const { changeSet } = await world.diff(resourcesOf(EDITED))
  await expect(renderChangeSetText(changeSet)).toMatchFileSnapshot('golden/changes.txt')
  await expect(renderChangeSetText(changeSet, { verbose: true })).toMatchFileSnapshot(
    'golden/changes-verbose.txt',
  )
  await expect(renderChangeSetMarkdown(changeSet)).toMatchFileSnapshot('golden/changes.md')
})

test('a key event that is none any more says so in one line, as a review does', async () => {
  await world.apply(resourcesOf(SHOP))
  const conversions = SHOP.conversions.map(({ keyEvent, ...each }) =>
    each.id === 'signup' || keyEvent === undefined ? each : { ...each, keyEvent },
  )
  const { changeSet } = await world.diff(resourcesOf({ ...SHOP, conversions }))
  const [, , , head = '', ...lines] = renderChangeSetText(changeSet).split('\n')
  expect(head).toMatch(/^~ micro conversion signup/)
  expect(lines.slice(0, 2)).toEqual(['      Key event  yes -> no', '      delete  key event signup'])
})

test('a key event that goes along with the new name of its event is told once', async () => {
  await world.apply(resourcesOf(SHOP))
  const conversions = SHOP.conversions.map((each) =>
    each.id === 'signup' ? { ...each, event: 'joined' } : each,
  )
  const { changeSet } = await world.diff(resourcesOf({ ...SHOP, conversions }))
  const told = renderChangeSetText(changeSet)
    .split('\n')
    .filter((line) => line.includes('Key event'))
    .map((line) => line.trim().replace(/ +/g, ' '))
  expect(told).toEqual(['Key event signup -> joined'])
})

test('what is left under the old id of a conversion stands with it', async () => {
  await world.apply(resourcesOf(SHOP))
  const conversions = SHOP.conversions.map((each) =>
    each.id === 'signup' ? { ...each, id: 'joining', event: 'joined', was: 'signup' } : each,
  )
  const { changeSet } = await world.diff(resourcesOf({ ...SHOP, conversions }))
  const gone = changeSet.changes.filter(({ action }) => action === 'delete')
  expect(gone.map(({ kind, subject }) => [kind, subject.id])).toContainEqual(['ga4/key-event', 'joining'])
  expect(renderChangeSetText(changeSet)).not.toMatch(/conversion signup/)
})

test('a first difference reads like this', async () => {
  const { changeSet } = await world.diff(resourcesOf(SHOP))
  await expect(renderChangeSetText(changeSet)).toMatchFileSnapshot('golden/first.txt')
})

test('no line of the text is longer than the terminal', async () => {
  await prepare()
  const { changeSet } = await world.diff(resourcesOf(EDITED))
  const long = renderChangeSetText(changeSet, { width: 80 })
    .split('\n')
    .filter((line) => line.length > 80 && !line.includes('!'))
  expect(long).toEqual([])
})

test('reports read like this: done, nothing to do, stopped', async () => {
  const done = await world.apply(resourcesOf(SHOP))
  const nothing = await world.apply(resourcesOf(SHOP))
  await world.control('POST', 'faults', {
    api: 'properties.keyEvents.create',
    status: 400,
    body: { error: { code: 400, message: 'The property has 30 key events.', status: 'FAILED_PRECONDITION' } },
  })
  const stopped = await world.apply(resourcesOf(EDITED))
  const text = [done, nothing, stopped].map((report) => renderApplyReportText(report)).join('\n---\n\n')
  await expect(text).toMatchFileSnapshot('golden/reports.txt')
})

test('names from a container cannot write to the terminal or become markup', async () => {
  const hostile = '\u001b[31mred <b>x</b> | @someone'
  const resources = resourcesOf({ ...SHOP, variables: { method: hostile, place: '' } })
  const { changeSet } = await world.diff(resources)
  expect(renderChangeSetText(changeSet, { verbose: true })).not.toContain('\u001b')
  const markdown = renderChangeSetMarkdown(changeSet)
  expect(markdown).not.toContain('\u001b')
  expect(markdown).not.toMatch(/(?<!`[^`\n]*)<b>/)
})

test('the JSON of differences and reports is what the schemas say', async () => {
  const validator = async (file: string): Promise<(text: string) => unknown> => {
    const schema = JSON.parse(
      await readFile(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'),
    ) as object
    const validate = new Ajv2020({ allErrors: true }).compile(schema)
    return (text) => (validate(JSON.parse(text)) ? [] : validate.errors)
  }
  const [changeSets, reports] = await Promise.all([
    validator('change-set.schema.json'),
    validator('apply-report.schema.json'),
  ])
  await prepare()
  const { changeSet } = await world.diff(resourcesOf(EDITED), {
    file: 'plan.yaml',
    titleOf: () => 'Title',
    locate: () => ({ file: 'plan.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 }),
  })
  expect(changeSets(renderChangeSetJson(changeSet))).toEqual([])
  await world.control('POST', 'faults', { api: 'properties.keyEvents.create', status: 403 })
  expect(reports(renderApplyReportJson(withoutDiff(await world.apply(resourcesOf(EDITED)))))).toEqual([])
  expect(
    reports(renderApplyReportJson(withoutDiff(await world.apply(resourcesOf(EDITED), { publish: true })))),
  ).toEqual([])
})

/** The harness adds the difference to what `apply` gives. */
function withoutDiff({
  diff,
  ...report
}: Awaited<ReturnType<World['apply']>>): Parameters<typeof renderApplyReportJson>[0] {
  expect(diff.diagnostics).toEqual([])
  return report
}
