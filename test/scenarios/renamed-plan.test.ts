/** A plan with another id takes along what it made: nothing is made twice, nothing goes. */
import { expect, test } from 'vitest'
import { ownTown } from './own-town.ts'
import { htmlTag } from './storms/people.ts'
import { shop, type Town } from './storms/town.ts'

const town = await ownTown()
const dana = town.people('GTM-SHOP01')

const steps = { a: { weight: 0.1, sends: ['colour'] }, b: { both: true }, c: {} }
const old = shop({ id: 'alpha', steps, registered: { colour: 'Colour' } })
const renamed = { ...old, plan: 'beta', was: 'alpha' }
const apply = (file: string): ReturnType<Town['plan']> =>
  town.plan(['apply', file, '--auto-approve', '--publish'])

/** Each thing in the container without its notes, and GA4 without its marks. */
async function standing(): Promise<unknown> {
  const { latest } = await dana.snapshot()
  const bare = ({
    name,
    tagId,
    triggerId,
    variableId,
    folderId,
  }: Readonly<Record<string, unknown>>): unknown =>
    JSON.stringify({ name, tagId, triggerId, variableId, folderId })
  const things = Object.entries(latest).map(([list, all]) => [list, all.map(bare).sort()])
  return Object.fromEntries(things)
}

test('`was:` takes along tags, key events and dimensions, and can go afterwards', async () => {
  expect(await apply(town.write('alpha', old))).toMatchObject({ exitCode: 0 })
  const before = await standing()
  const file = town.write('alpha', renamed)
  const { out } = await town.plan(['diff', file])
  expect(out).toMatch(/alpha -> beta/)
  const { out: json } = await town.plan(['diff', file, '--format', 'json'])
  const { summary, changes } = JSON.parse(json) as {
    summary: object
    changes: readonly { kind: string; previousKey?: string }[]
  }
  expect(summary).toMatchObject({ create: 0, delete: 0, adopt: 0, held: 0 })
  expect(changes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['gtm/tag', 'ga4/custom-dimension']))
  expect(await apply(file)).toMatchObject({ exitCode: 0 })
  const after = await standing()
  expect(JSON.stringify(after).replace('measurement plan beta', 'measurement plan alpha')).toBe(
    JSON.stringify(before),
  )
  const without = town.write('alpha', { ...old, plan: 'beta' })
  for (const each of [file, without])
    expect(await town.plan(['diff', each, '--detailed-exitcode'])).toMatchObject({ exitCode: 0 })
  // The key event is the plan's as before: it leaves with its conversion.
  const { out: less } = await town.plan([
    'diff',
    town.write('alpha', {
      ...shop({
        id: 'alpha',
        steps: { ...steps, a: { sends: ['colour'] } },
        registered: { colour: 'Colour' },
      }),
      plan: 'beta',
    }),
  ])
  expect(less).toMatch(/delete +key event alpha_a/)
})

test('without `was:` it is another plan, and the first one’s things are in its way', async () => {
  await apply(town.write('alpha', old))
  const { exitCode } = await town.plan(['diff', town.write('beta', { ...old, plan: 'beta' })])
  expect(exitCode).toBe(1)
})

test('a draft that was left under the former id goes, unless somebody else has worked in it', async () => {
  await apply(town.write('alpha', old))
  const more = shop({ id: 'alpha', steps: { ...steps, d: {} }, registered: { colour: 'Colour' } })
  town.line.set([
    { at: /:create_version$/, times: 99, when: 'before', does: { kind: 'answer', status: 500 } },
  ])
  const file = town.write('alpha', more)
  expect(await apply(file)).toMatchObject({ exitCode: 1 })
  town.line.set([])
  const draft = 'measurement-plan alpha'
  expect((await dana.snapshot()).workspaces).toContain(draft)
  const desk = await dana.desk(draft)
  const theirs = await desk?.create('tags', htmlTag('Theirs'))
  town.write('alpha', { ...more, plan: 'beta', was: 'alpha' })
  const refused = await apply(file)
  expect(refused.exitCode).toBe(1)
  expect(refused.out).toContain('workspace-has-other-work')
  expect(refused.out).toContain('"Theirs"')
  await dana.call('DELETE', `tagmanager/v2/${String(theirs?.['path'])}`)
  expect(await apply(file)).toMatchObject({ exitCode: 0 })
  expect((await dana.snapshot()).workspaces).toEqual(['Default Workspace'])
})
