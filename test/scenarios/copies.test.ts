/** A copy of one of the plan's tags is never the plan's, whatever becomes of the original. */
import { expect, test } from 'vitest'
import { ownTown } from './own-town.ts'
import { htmlTag, type Entity } from './storms/people.ts'
import { ACCOUNT, shop, type Shop, type Town } from './storms/town.ts'

const town = await ownTown()
const dana = town.people('GTM-SHOP01')

const steps = { a: { weight: 0.1 }, b: {}, c: {} }
const alpha = (more: Partial<Shop> = {}): string => town.write('alpha', shop({ id: 'alpha', steps, ...more }))
const apply = (file: string, ...flags: string[]): ReturnType<Town['plan']> =>
  town.plan(['apply', file, '--auto-approve', '--allow-delete', ...flags])
const tag = async (name: string): Promise<Entity | undefined> =>
  ((await dana.snapshot()).latest['tag'] ?? []).find((each) => each['name'] === name)
const settled = async (file: string): Promise<void> => {
  const { exitCode, out, err } = await town.plan(['diff', file, '--detailed-exitcode'])
  expect({ exitCode, out, err }).toMatchObject({ exitCode: 0 })
}

test('while the original is there', async () => {
  await apply(alpha())
  await dana.edit((desk) => desk.copy('tags', 'alpha - a', 'Copy of a'))
  const copy = await tag('Copy of a')
  const changed = alpha({ value: 200 })
  expect(await apply(changed)).toMatchObject({ exitCode: 0 })
  expect(await tag('Copy of a')).toEqual(copy)
  await settled(changed)
})

test('when the original is gone: the plan makes its own anew', async () => {
  await apply(alpha())
  await dana.edit(async (desk) => {
    await desk.copy('tags', 'alpha - a', 'Copy of a')
    await desk.delete('tags', 'alpha - a')
  })
  const copy = await tag('Copy of a')
  // Deleted by hand: it stays away until it is asked for.
  expect(await apply(alpha(), '--restore-drift')).toMatchObject({ exitCode: 0 })
  expect(await tag('Copy of a')).toEqual(copy)
  expect(await tag('alpha - a')).toBeDefined()
  await settled(alpha())
})

test('when the conversion has left the plan', async () => {
  await apply(alpha())
  await dana.edit(async (desk) => {
    await desk.copy('tags', 'alpha - a', 'Copy of a')
    await desk.change('tags', 'Copy of a', (each) => ({ ...each, firingTriggerId: ['2147479553'] }))
  })
  const copy = await tag('Copy of a')
  const { b, c } = steps
  const without = alpha({ steps: { b, c, d: {} } })
  for (let run = 0; run < 2; run++) {
    expect(await apply(without)).toMatchObject({ exitCode: 0 })
    expect(await tag('Copy of a')).toEqual(copy)
  }
  await settled(without)
})

test('after "was:"', async () => {
  await apply(alpha())
  await dana.edit((desk) => desk.copy('tags', 'alpha - a', 'Copy of a'))
  const copy = await tag('Copy of a')
  const { a, b, c } = steps
  const renamed = alpha({ steps: { b, c, anew: { ...a, was: 'a', event: 'alpha_a' } } })
  for (let run = 0; run < 2; run++) {
    expect(await apply(renamed)).toMatchObject({ exitCode: 0 })
    expect(await tag('Copy of a')).toEqual(copy)
  }
  await settled(renamed)
})

test('a marker pasted into an older foreign tag does not make ours look like the copy', async () => {
  alpha()
  await town.plan(['diff', alpha()])
  await dana.edit(async (desk) => void (await desk.create('tags', htmlTag('Old one'))))
  await apply(alpha())
  const ours = await tag('alpha - a')
  await dana.edit((desk) => desk.change('tags', 'Old one', (each) => ({ ...each, notes: ours?.['notes'] })))
  const theirs = await tag('Old one')
  const changed = alpha({ steps: { ...steps, a: { weight: 0.1, title: 'Renamed' } } })
  expect(await apply(changed)).toMatchObject({ exitCode: 0 })
  expect(await tag('Old one')).toEqual(theirs)
  expect((await tag('alpha - a'))?.['tagId']).toBe(ours?.['tagId'])
  await settled(changed)
})

test('a copy in a draft of the plan’s own is reported, not thrown away', async () => {
  await apply(alpha())
  const changed = alpha({ steps: { ...steps, d: {} } })
  town.line.set([{ at: /:create_version$/, when: 'before', does: { kind: 'end' } }])
  await apply(changed)
  town.line.set([])
  const desk = await dana.desk('measurement-plan alpha')
  await desk?.copy('tags', 'alpha - a', 'Copy of a')
  const outcome = await apply(changed)
  expect(outcome.exitCode).toBe(1)
  expect(outcome.out).toContain('workspace-has-other-work')
  expect(outcome.out).toContain('Copy of a')
  expect(await (await dana.desk('measurement-plan alpha'))?.find('tags', 'Copy of a')).toBeDefined()
})

test.each([
  ['that the run does not write', { ...steps, d: {} }],
  ['that the run writes', { ...steps, a: { weight: 0.1, title: 'T' }, d: {} }],
])('an edit of the plan’s own tag in its workspace %s is reported, not thrown away', async (_which, next) => {
  await apply(alpha())
  const changed = alpha({ steps: next })
  town.line.set([{ at: /:create_version$/, when: 'before', does: { kind: 'end' } }])
  await apply(changed)
  town.line.set([])
  const desk = await dana.desk('measurement-plan alpha')
  await desk?.change('tags', 'alpha - a', (each) => ({ ...each, paused: true }))
  const outcome = await apply(changed)
  expect(outcome.exitCode).toBe(1)
  expect(outcome.out).toContain('workspace-has-other-work')
  expect(outcome.out).toContain('alpha - a')
  await dana.call('DELETE', desk?.path ?? '')
  expect(await apply(changed)).toMatchObject({ exitCode: 0 })
})

test('an earlier run’s own draft is gone on with, or thrown away where the plan has moved', async () => {
  await apply(alpha())
  town.line.set([{ at: /:create_version$/, when: 'before', does: { kind: 'end' } }])
  await apply(alpha({ steps: { ...steps, d: {} } }))
  town.line.set([])
  const other = alpha({ steps: { ...steps, a: { weight: 0.1, title: 'T' } } })
  expect(await apply(other)).toMatchObject({ exitCode: 0 })
  await settled(other)
})

test('twins of one name that a merge made are named', async () => {
  await apply(alpha())
  // GTM takes no two of one name from a form; a merge of two workspaces may leave them.
  const { gtm, ...rest } = (await dana.control('GET', 'state')) as { gtm: { containers: Stored[] }[] }
  for (const { containers } of gtm) {
    for (const { versions } of containers) {
      const content = versions.at(-1)?.content
      const own = content?.['tag']?.find(({ name }) => name === 'alpha - a')
      content?.['tag']?.push({ ...own, tagId: '990', notes: '' })
    }
  }
  await dana.control('PUT', 'state', { gtm, ...rest })
  const changed = alpha({ steps: { ...steps, a: { weight: 0.1, event: 'alpha_other' } } })
  const outcome = await apply(changed)
  expect(outcome.exitCode).toBe(1)
  expect(outcome.err).toContain('name-is-twice')
  expect(outcome.err).toContain('alpha - a')
})

test('somebody goes back to a version while a run makes anew what that has: of the two that are there the older stays', async () => {
  await apply(alpha())
  const { latestId } = await dana.snapshot()
  const older = await tag('alpha - a')
  await dana.edit(async (desk) => {
    await desk.delete('tags', 'alpha - a')
    await desk.delete('triggers', 'alpha CE - a')
  })
  const changed = alpha({ steps: { ...steps, a: { weight: 0.1, title: 'Anew', event: 'anew' } } })
  const goBack = async (): Promise<void> =>
    void (await dana.call('POST', `${await dana.path()}/versions/${latestId}:set_latest`))
  // GTM brings the latest version into the one that is made.
  town.line.set([{ at: /:create_version$/, when: 'before', does: { kind: 'people', act: goBack } }])
  expect(await apply(changed, '--restore-drift', '--publish')).toMatchObject({ exitCode: 1 })
  town.line.set([])
  const made = async (kind: string, end: string): Promise<readonly Entity[]> =>
    ((await dana.snapshot()).latest[kind] ?? []).filter(({ notes }) => String(notes).includes(`/a#${end} `))
  expect(await made('tag', 'tag')).toHaveLength(2)
  expect(await made('trigger', 'trigger')).toHaveLength(2)
  const { latestId: doubled, liveId } = await dana.snapshot()
  const published = await town.plan([
    'publish',
    doubled,
    '--plan',
    changed,
    '--include-others',
    '--auto-approve',
  ])
  expect([published.exitCode, published.err]).toEqual([1, expect.stringContaining('publishes-twice')])
  expect((await dana.snapshot()).liveId).toBe(liveId)
  const outcome = await apply(changed, '--publish', '--include-others')
  expect(outcome).toMatchObject({ exitCode: 0 })
  expect(outcome.err).toContain('made-twice')
  expect(await made('trigger', 'trigger')).toHaveLength(1)
  expect(await made('tag', 'tag')).toMatchObject([
    { tagId: older?.['tagId'], firingTriggerId: older?.['firingTriggerId'] },
  ])
  await settled(changed)
})

test('a draft that a run left is of no use once somebody goes back to what it made anew', async () => {
  await apply(alpha())
  const { latestId } = await dana.snapshot()
  await dana.edit((desk) => desk.delete('tags', 'alpha - a'))
  town.line.set([{ at: /:create_version$/, when: 'before', does: { kind: 'end' } }])
  await apply(alpha(), '--restore-drift')
  town.line.set([])
  await dana.call('POST', `${await dana.path()}/versions/${latestId}:set_latest`)
  const changed = alpha({ steps: { ...steps, a: { weight: 0.1, title: 'Anew', event: 'anew' } } })
  expect(await apply(changed)).toMatchObject({ exitCode: 0 })
  const tags = (await dana.snapshot()).latest['tag'] ?? []
  expect(tags.filter(({ notes }) => String(notes).includes('/a#tag '))).toHaveLength(1)
  await settled(changed)
})

test('a draft whose tag stands on a trigger of somebody else is no work of theirs once they rename that', async () => {
  const equals = (key: string, value: string): Entity => ({ type: 'template', key, value })
  const theirs = {
    name: 'alpha CE - a',
    type: 'customEvent',
    customEventFilter: [
      { type: 'equals', parameter: [equals('arg0', '{{_event}}'), equals('arg1', 'alpha_a')] },
    ],
  }
  await dana.control('POST', 'ensure', { account: ACCOUNT, container: 'GTM-SHOP01' })
  await dana.edit(async (desk) => void (await desk.create('triggers', theirs)))
  town.line.set([{ at: /:create_version$/, when: 'before', does: { kind: 'end' } }])
  await apply(alpha())
  town.line.set([])
  const draft = await dana.desk('measurement-plan alpha')
  const [used] = (await draft?.list('triggers'))?.filter(({ name }) => name === theirs.name) ?? []
  expect(await draft?.find('tags', 'alpha - a')).toMatchObject({ firingTriggerId: [used?.['triggerId']] })
  await dana.edit((desk) => desk.change('triggers', 'alpha CE - a', (each) => ({ ...each, name: 'Theirs' })))
  const outcome = await apply(alpha())
  expect([outcome.exitCode, outcome.out]).toEqual([
    0,
    expect.not.stringContaining('workspace-has-other-work'),
  ])
  await settled(alpha())
})

test('a draft that is in conflict is begun anew, also where the conflict was told by the sync alone', async () => {
  await apply(alpha())
  const changed = alpha({ steps: { ...steps, a: { weight: 0.1, event: 'alpha_other' } } })
  town.line.set([{ at: /:create_version$/, when: 'before', does: { kind: 'end' } }])
  await apply(changed)
  await dana.edit((desk) => desk.change('tags', 'alpha - a', (each) => ({ ...each, paused: true })))
  const draft = (await dana.desk('measurement-plan alpha'))?.path ?? ''
  const preview = await dana.call('POST', `${draft}:quick_preview`)
  expect(preview['syncStatus']).toEqual({})
  town.line.set([
    { at: /:quick_preview$/, when: 'after', does: { kind: 'answer', status: 200, body: preview } },
  ])
  expect(await apply(changed)).toMatchObject({ exitCode: 0 })
  expect(
    town.line.passed.filter((each) => each.startsWith('DELETE') && each.includes('/workspaces/')),
  ).toHaveLength(1)
})

interface Stored {
  readonly versions: { readonly content: Record<string, Entity[]> }[]
}
