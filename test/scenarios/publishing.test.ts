/** What goes live was shown, and nobody else's work is taken off the live site. */
import { beforeEach, describe, expect, test } from 'vitest'
import { ownTown } from './own-town.ts'
import { htmlTag } from './storms/people.ts'
import { PROPERTY, shop, type Town } from './storms/town.ts'

const CONTAINER = 'GTM-SHOP01'
const town = await ownTown()
const dana = town.people(CONTAINER)

const steps = { a: { weight: 0.1 }, b: {}, c: {} }
const alpha = (more: object = {}): string => town.write('alpha', shop({ id: 'alpha', steps, ...more }))
const apply = (file: string, ...flags: string[]): ReturnType<Town['plan']> =>
  town.plan(['apply', file, '--auto-approve', ...flags])
const liveNames = async (): Promise<readonly unknown[]> =>
  ((await dana.snapshot()).live['tag'] ?? []).map(({ name }) => name)

const withChat = (name: string): Promise<string> =>
  dana.edit(async (desk) => void (await desk.create('tags', htmlTag('Chat'))), { name })

test('a version that somebody calls like those of the plan is not the plan’s', async () => {
  await apply(alpha())
  await withChat('alpha')
  const published = await town.plan(['publish', '--plan', alpha(), '--auto-approve'])
  expect(published).toMatchObject({ exitCode: 0 })
  expect((await dana.snapshot()).liveId).toBe('2')
})

test('a version that somebody makes under that name is not taken for one whose answer was lost', async () => {
  const lost = { at: /:create_version$/, when: 'before' } as const
  town.line.set([
    { ...lost, does: { kind: 'people', act: async () => void (await withChat('alpha')) } },
    { ...lost, does: { kind: 'cut' } },
  ])
  const outcome = await apply(alpha())
  expect([outcome.exitCode, outcome.out]).toEqual([1, expect.stringContaining('another-apply-was-faster')])
})

describe('somebody publishes while GA4 is being written', () => {
  const meanwhile = (): void =>
    town.line.set([
      {
        at: /^POST .*\/keyEvents$/,
        when: 'before',
        does: {
          kind: 'people',
          act: async () =>
            void (await dana.edit(async (desk) => void (await desk.create('tags', htmlTag('Chat'))), {
              publish: true,
            })),
        },
      },
    ])

  test('what they published stays live, and the run says so', async () => {
    await apply(alpha(), '--publish')
    meanwhile()
    const changed = town.write('alpha', shop({ id: 'alpha', steps: { ...steps, d: { weight: 0.2 } } }))
    const outcome = await apply(changed, '--publish')
    expect(outcome.exitCode).toBe(1)
    expect(outcome.out).toContain('live-has-moved')
    expect(await liveNames()).toContain('Chat')
    // The next run starts from theirs and has both.
    expect(await apply(changed, '--publish')).toMatchObject({ exitCode: 0 })
    expect(await liveNames()).toEqual(expect.arrayContaining(['Chat', 'alpha - d']))
  })

  test('the same where nothing was left to change', async () => {
    await apply(alpha())
    town.line.set([
      {
        at: /^GET .*\/customMetrics$/,
        when: 'after',
        does: {
          kind: 'people',
          act: async () =>
            void (await dana.edit(async (desk) => void (await desk.create('tags', htmlTag('Chat'))), {
              publish: true,
            })),
        },
      },
    ])
    const outcome = await apply(alpha(), '--publish')
    expect(await liveNames()).toContain('Chat')
    expect(outcome.exitCode === 0 || outcome.out.includes('live-has-moved')).toBe(true)
  })

  test('a version of ours that they published in the meantime is no obstacle', async () => {
    await apply(alpha())
    const changed = town.write('alpha', shop({ id: 'alpha', steps: { ...steps, d: { weight: 0.2 } } }))
    town.line.set([
      { at: /^POST .*\/keyEvents$/, when: 'before', does: { kind: 'people', act: () => dana.publish('2') } },
    ])
    expect(await apply(changed, '--publish')).toMatchObject({ exitCode: 0 })
    expect(await liveNames()).toContain('alpha - d')
  })

  test('the version goes live by its fingerprint, and the look is the last thing before it', async () => {
    await apply(alpha(), '--publish')
    const { requests } = (await dana.control('GET', 'requests')) as {
      requests: { method: string; path: string }[]
    }
    const publish = requests.findIndex(({ path }) => path.includes(':publish'))
    expect(requests[publish]?.path).toMatch(/:publish\?fingerprint=\d+/)
    expect(requests[publish - 1]?.path).toContain('versions:live')
  })
})

describe('apply --publish in a container with strangers’ unpublished versions', () => {
  beforeEach(async () => {
    await apply(alpha(), '--publish')
    await dana.edit(async (desk) => {
      await desk.create('tags', htmlTag('Chat widget'))
    })
  })

  test('is refused before anything is written, with what would go live by name', async () => {
    const changed = town.write('alpha', shop({ id: 'alpha', steps, value: 120 }))
    const before = await dana.snapshot()
    const outcome = await apply(changed, '--publish')
    expect(outcome.exitCode).toBe(1)
    expect(outcome.out).toContain('Chat widget')
    expect(outcome.out).toContain('Custom HTML')
    expect(outcome.err).toContain('publishes-others')
    expect(outcome.err).toContain('--include-others')
    expect(await dana.snapshot()).toEqual(before)
    expect(
      (await dana.keyEvents(PROPERTY)).find(({ eventName }) => eventName === 'paid_alpha'),
    ).toMatchObject({
      defaultValue: { numericValue: 100 },
    })
  })

  test('goes ahead with --include-others', async () => {
    const changed = town.write('alpha', shop({ id: 'alpha', steps: { ...steps, d: {} } }))
    const outcome = await apply(changed, '--publish', '--include-others')
    expect(outcome).toMatchObject({ exitCode: 0 })
    expect(outcome.out).toContain('Chat widget')
    expect(await liveNames()).toEqual(expect.arrayContaining(['Chat widget', 'alpha - d']))
  })

  test('without --publish nobody is asked about others', async () => {
    const changed = town.write('alpha', shop({ id: 'alpha', steps: { ...steps, d: {} } }))
    expect(await apply(changed)).toMatchObject({ exitCode: 0 })
    expect(await liveNames()).not.toContain('Chat widget')
  })
})

test('another plan’s unpublished changes count as somebody else’s, under its name', async () => {
  await apply(alpha(), '--publish')
  await apply(town.write('beta', shop({ id: 'beta' })))
  const changed = town.write('alpha', shop({ id: 'alpha', steps: { ...steps, d: {} } }))
  const outcome = await apply(changed, '--publish')
  expect(outcome.exitCode).toBe(1)
  expect(outcome.out).toContain('plan beta')
})

test('what the plan itself applied earlier and is not live yet is shown in plan words, and needs no flag', async () => {
  await apply(alpha(), '--publish')
  const more = town.write('alpha', shop({ id: 'alpha', steps: { ...steps, d: { title: 'Delivered' } } }))
  await apply(more)
  const outcome = await apply(more, '--publish')
  expect(outcome).toMatchObject({ exitCode: 0 })
  expect(outcome.out).toContain('Delivered')
  expect(await liveNames()).toContain('alpha - d')
})

describe('plan publish', () => {
  test('without a number takes the latest version of this plan, never somebody else’s', async () => {
    await apply(alpha())
    await dana.edit(async (desk) => {
      await desk.create('tags', htmlTag('Chat widget'))
    })
    const outcome = await town.plan(['publish', '--plan', alpha(), '--auto-approve'])
    expect(outcome).toMatchObject({ exitCode: 0 })
    expect((await dana.snapshot()).liveId).toBe('2')
    expect(await liveNames()).toContain('alpha - a')
  })

  test('without a number and without a version of the plan’s publishes nothing', async () => {
    alpha()
    await town.plan(['diff', alpha()])
    await dana.edit(async (desk) => {
      await desk.create('tags', htmlTag('Chat widget'))
    })
    const outcome = await town.plan(['publish', '--plan', alpha(), '--auto-approve'])
    expect(outcome.exitCode).toBe(1)
    expect((await dana.snapshot()).liveId).toBe('1')
  })

  test('of a version that holds others’ things needs --include-others', async () => {
    await apply(alpha(), '--publish')
    const id = await dana.edit(async (desk) => {
      await desk.create('tags', htmlTag('Chat widget'))
    })
    const refused = await town.plan(['publish', id, '--plan', alpha(), '--auto-approve'])
    expect(refused.exitCode).toBe(1)
    expect(refused.out).toContain('Chat widget')
    expect((await dana.snapshot()).liveId).toBe('2')
    const done = await town.plan(['publish', id, '--plan', alpha(), '--auto-approve', '--include-others'])
    expect(done).toMatchObject({ exitCode: 0 })
    expect((await dana.snapshot()).liveId).toBe(id)
  })

  test('of an older version that would take others’ published work off needs --include-others', async () => {
    await apply(alpha())
    await dana.edit(async (desk) => void (await desk.create('tags', htmlTag('Chat widget'))), {
      publish: true,
    })
    const refused = await town.plan(['publish', '2', '--plan', alpha(), '--auto-approve'])
    expect(refused.exitCode).toBe(1)
    expect(await liveNames()).toContain('Chat widget')
  })
})

test('what goes live is said in the words of the plan, and of an older version that GA4 stays as it is', async () => {
  await apply(alpha(), '--publish')
  const changed = town.write(
    'alpha',
    shop({ id: 'alpha', steps: { ...steps, b: { event: 'b_done', sends: ['colour'] } } }),
  )
  await apply(changed)
  const forwards = await town.plan(['publish', '--plan', changed, '--auto-approve'])
  expect(forwards.out).toMatch(
    /Event +alpha_b -> b_done\n +Trigger +data layer event alpha_b -> data layer event b_done\n +Parameter colour/,
  )
  expect(forwards.out).not.toContain('GA4 stays as it is')
  const back = await town.plan(['publish', '2', '--plan', changed, '--auto-approve'])
  expect(back.out).toMatch(/Event +b_done -> alpha_b/)
  expect(back.out).toContain('GA4 stays as it is')
})

test('a rollback that takes tags off the site lists them, and says that GA4 stays as it is', async () => {
  await apply(alpha(), '--publish')
  await apply(
    town.write('alpha', shop({ id: 'alpha', steps: { ...steps, d: { title: 'Delivered' } } })),
    '--publish',
  )
  const outcome = await town.plan(['rollback', '2', '--plan', town.file('alpha'), '--auto-approve'])
  expect(outcome).toMatchObject({ exitCode: 0 })
  expect(outcome.out).toContain('alpha - d')
  expect(outcome.out).toMatch(/GA4 stays as it is/)
  expect(await liveNames()).not.toContain('alpha - d')
})

test('what is published after a rollback says from where new work starts, and how to let it start there', async () => {
  await apply(alpha(), '--publish')
  await apply(
    town.write('alpha', shop({ id: 'alpha', steps: { ...steps, d: { title: 'Delivered' } } })),
    '--publish',
  )
  const at = ['--plan', town.file('alpha'), '--auto-approve']
  await town.plan(['rollback', '2', ...at])
  const forwards = await town.plan(['publish', '3', ...at])
  expect(forwards.out).toContain('starts from version 2, to which somebody went back')
  expect(forwards.out).toContain('plan rollback 3')
  const started = await town.plan(['rollback', '3', ...at])
  expect(started).toMatchObject({ exitCode: 0 })
  expect((await town.plan(['publish', '3', ...at])).out).not.toContain('somebody went back')
})

test('what a rollback takes off the site of others is called so, and needs leave', async () => {
  await apply(alpha(), '--publish')
  await dana.publish(await withChat('theirs'))
  const refused = await town.plan(['rollback', '2', '--plan', town.file('alpha'), '--auto-approve'])
  expect([refused.exitCode, refused.err]).toEqual([
    1,
    expect.stringContaining('also take off the site what is not this plan\'s: the tag "Chat", as listed'),
  ])
  expect(await liveNames()).toContain('Chat')
})
