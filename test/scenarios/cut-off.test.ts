/** An apply that was cut off is finished by the next one, and GA4 is not touched for a container that was refused. */
import { describe, expect, test } from 'vitest'
import { ownTown } from './own-town.ts'
import type { Weather } from './storms/line.ts'
import { htmlTag, type Entity } from './storms/people.ts'
import { PROPERTY, shop, type Extras, type Shop, type Town } from './storms/town.ts'

const town = await ownTown()
const dana = town.people('GTM-SHOP01')

const steps = { a: { weight: 0.1 }, b: {}, c: {} }
const alpha = (more: Partial<Shop> = {}): string => town.write('alpha', shop({ id: 'alpha', steps, ...more }))
const apply = (file: string, ...flags: string[]): ReturnType<Town['plan']> =>
  town.plan(['apply', file, '--auto-approve', '--allow-delete', ...flags])
const valueOf = async (event: string): Promise<unknown> => {
  const found = (await dana.keyEvents(PROPERTY)).find(({ eventName }) => eventName === event)
  return (found?.['defaultValue'] as { numericValue?: number } | undefined)?.numericValue
}
const events = async (): Promise<readonly unknown[]> =>
  (await dana.keyEvents(PROPERTY)).map(({ eventName }) => eventName)
const streams = async (): Promise<readonly Entity[]> =>
  (await dana.call('GET', `v1beta/properties/${PROPERTY}/dataStreams`))['dataStreams'] as Entity[]
const FORBIDDEN = {
  error: { code: 403, message: 'The caller does not have permission', status: 'PERMISSION_DENIED' },
}

describe('cut between the version and the key event', () => {
  const ways: readonly (readonly [string, Weather])[] = [
    ['killed before', { at: /^PATCH .*keyEvents/, when: 'before', does: { kind: 'end' } }],
    ['killed after', { at: /^PATCH .*keyEvents/, when: 'after', does: { kind: 'end' } }],
    ['killed at the version', { at: /:create_version$/, when: 'after', does: { kind: 'end' } }],
    [
      'a 500',
      { at: /^PATCH .*keyEvents/, times: 100, when: 'before', does: { kind: 'answer', status: 500 } },
    ],
    [
      'a plain 403',
      {
        at: /^PATCH .*keyEvents/,
        when: 'before',
        does: { kind: 'answer', status: 403, body: FORBIDDEN },
      },
    ],
  ]
  // GA4 leaves an empty list out of its answer, so nobody can tell.
  test('a list that came empty once: what stands there is as the last apply left it, and nobody’s change by hand', async () => {
    await apply(alpha())
    const changed = alpha({ value: 250 })
    town.line.set([{ at: /^GET .*keyEvents/, when: 'after', does: { kind: 'answer', status: 200 } }])
    expect(await apply(changed)).toMatchObject({ exitCode: 1 })
    town.line.set([])
    expect(await apply(changed)).toMatchObject({ exitCode: 0 })
    expect(await valueOf('paid_alpha')).toBe(250)
  })

  test('a setting that the list calls written is written, also where somebody made a version of our draft before', async () => {
    await apply(alpha())
    const submit = async (): Promise<void> => {
      const draft = await dana.desk('measurement-plan alpha')
      await dana.call('POST', `${draft?.path ?? ''}:create_version`, { name: 'By hand' })
    }
    town.line.set([{ at: /:quick_preview$/, when: 'before', does: { kind: 'people', act: submit } }])
    const stated = alpha({ more: { settings: { currency: 'AED' } } })
    const { exitCode, out } = await apply(stated)
    expect([exitCode, out]).toEqual([1, expect.stringContaining('another-apply-was-faster')])
    town.line.set([])
    expect(await apply(stated)).toMatchObject({ exitCode: 0 })
    expect(await dana.call('GET', `v1beta/properties/${PROPERTY}`)).toMatchObject({ currencyCode: 'AED' })
  })

  test.each([
    ['was thrown away while somebody made a version', 'DELETE', ''],
    ['became a version before the list stood in it', 'POST', ':create_version'],
  ])(
    'a draft that %s: no setting is written for it, and the next apply does it',
    async (_what, method, deed) => {
      await apply(alpha())
      const act = async (): Promise<void> => {
        const draft = await dana.desk('measurement-plan alpha')
        await draft?.create('tags', htmlTag('Theirs'))
        await dana.call(method, `${draft?.path ?? ''}${deed}`)
        await dana.edit((desk) => desk.create('tags', htmlTag('More of theirs')).then(() => undefined))
      }
      town.line.set([{ at: /\/bulk_update$/, when: 'before', does: { kind: 'people', act } }])
      const property = (): Promise<Entity> => dana.call('GET', `v1beta/properties/${PROPERTY}`)
      const { currencyCode } = await property()
      const stated = alpha({ more: { settings: { currency: 'AED' } } })
      const { exitCode, out } = await apply(stated)
      expect([exitCode, out]).toEqual([
        1,
        expect.stringMatching(/another-apply-was-faster|workspace-submitted/),
      ])
      expect(await property()).toMatchObject({ currencyCode })
      town.line.set([])
      expect(await apply(stated)).toMatchObject({ exitCode: 0 })
      expect(await property()).toMatchObject({ currencyCode: 'AED' })
    },
  )

  test('nor is what somebody changed by hand set back for a draft that was thrown away', async () => {
    const stated = (weight: number): string =>
      alpha({ steps: { ...steps, a: { weight } }, more: { settings: { currency: 'AED' } } })
    await apply(stated(0.1))
    await dana.call('PATCH', `v1beta/properties/${PROPERTY}?updateMask=currency_code`, {
      currencyCode: 'EUR',
    })
    const act = async (): Promise<void> => {
      const draft = await dana.desk('measurement-plan alpha')
      await dana.call('DELETE', draft?.path ?? '')
      await dana.edit((desk) => desk.create('tags', htmlTag('Theirs')).then(() => undefined))
    }
    town.line.set([{ at: /\/bulk_update$/, when: 'before', does: { kind: 'people', act } }])
    expect(await apply(stated(0.2), '--restore-drift')).toMatchObject({ exitCode: 1 })
    town.line.set([])
    expect(await dana.call('GET', `v1beta/properties/${PROPERTY}`)).toMatchObject({ currencyCode: 'EUR' })
  })

  test('a list that came empty once: what leaves the plan at that moment leaves with the next apply', async () => {
    await apply(alpha())
    expect(await events()).toContain('alpha_a')
    const without = alpha({ steps: { b: {}, c: {} } })
    town.line.set([{ at: /^GET .*keyEvents/, when: 'after', does: { kind: 'answer', status: 200 } }])
    await apply(without)
    town.line.set([])
    expect(await apply(without)).toMatchObject({ exitCode: 0 })
    expect(await events()).not.toContain('alpha_a')
  })

  test('what is to be deleted and is lost with a part of the list leaves with a later apply', async () => {
    await apply(alpha())
    const without = alpha({ steps: { b: {}, c: {} } })
    town.line.set([
      { at: /^DELETE .*keyEvents/, when: 'before', does: { kind: 'answer', status: 403, body: FORBIDDEN } },
    ])
    expect(await apply(without)).toMatchObject({ exitCode: 1 })
    const keyEvents = (await dana.keyEvents(PROPERTY)).filter(({ eventName }) => eventName !== 'alpha_a')
    const part = { kind: 'answer', status: 200, body: { keyEvents } } as const
    town.line.set([{ at: /^GET .*keyEvents/, when: 'after', does: part }])
    const more = alpha({ steps: { b: { weight: 0.2 }, c: {} } })
    expect(await apply(more)).toMatchObject({ exitCode: 0 })
    town.line.set([])
    expect(await events()).toContain('alpha_a')
    expect(await apply(more)).toMatchObject({ exitCode: 0 })
    expect(await events()).not.toContain('alpha_a')
  })

  const lists: readonly (readonly [string, Extras, Extras])[] = [
    ['channelGroups', { channel: 'wa' }, { channel: 'mail' }],
    ['audiences', { audience: { title: 'Paid', keep: 30 } }, { audience: { title: 'Have paid', keep: 30 } }],
    [
      'eventCreateRules',
      { derived: { name: 'seen', place: 'shop' } },
      { derived: { name: 'seen', place: 'front' } },
    ],
  ]
  test.each(lists)(
    '%s that came empty: GA4 takes a name twice, and has it once in the end',
    async (list, more, other) => {
      const parent =
        list === 'eventCreateRules' ? String((await streams())[0]?.['name']) : `properties/${PROPERTY}`
      const there = async (): Promise<readonly unknown[]> =>
        ((await dana.call('GET', `v1alpha/${parent}/${list}`))[list] as Entity[]).map(({ name }) => name)
      const empty = (times: number): void =>
        town.line.set([
          { at: new RegExp(`^GET .*${list}`), times, when: 'after', does: { kind: 'answer', status: 200 } },
        ])
      expect(await apply(alpha({ more }))).toMatchObject({ exitCode: 0 })
      const first = await there()

      // Before it is made, and when it is read back.
      for (const times of [1, 2]) {
        empty(times)
        expect(await apply(alpha({ more }))).toMatchObject({ exitCode: 0 })
        expect(await there()).toEqual(first)
      }

      // Where it is to be otherwise now, the next run changes it.
      const changed = alpha({ more: other })
      empty(1)
      const { exitCode, err, out } = await apply(changed)
      expect([exitCode, out + err]).toEqual([1, expect.stringContaining('run it again')])
      expect(await there()).toEqual(first)
      town.line.set([])
      expect(await apply(changed)).toMatchObject({ exitCode: 0 })
      expect(await there()).toEqual(first)
      expect(await town.plan(['diff', changed, '--detailed-exitcode'])).toMatchObject({ exitCode: 0 })
    },
  )

  test('of two rules that make one event the one that is as planned is it, else the older', async () => {
    const rules = `v1alpha/${String((await streams())[0]?.['name'])}/eventCreateRules`
    const places = async (): Promise<readonly unknown[]> => {
      const all = (await dana.call('GET', rules))['eventCreateRules'] as Entity[]
      return all.map(({ parameterMutations }) => (parameterMutations as Entity[])[0]?.['parameterValue'])
    }
    for (const parameterValue of ['attic', 'cellar'])
      await dana.call('POST', rules, {
        destinationEvent: 'alpha_seen',
        eventConditions: [{ field: 'event_name', comparisonType: 'EQUALS', value: 'page_view' }],
        sourceCopyParameters: true,
        parameterMutations: [{ parameter: 'place', parameterValue }],
      })
    const planned = async (place: string): Promise<void> => {
      const file = alpha({ more: { derived: { name: 'seen', place } } })
      expect(await apply(file)).toMatchObject({ exitCode: 0 })
      expect(await town.plan(['diff', file, '--detailed-exitcode'])).toMatchObject({ exitCode: 0 })
    }
    await planned('attic')
    expect(await places()).toEqual(['attic', 'cellar'])
    await planned('shop')
    expect(await places()).toEqual(['shop', 'cellar'])
  })

  test.each(ways)('%s: the next apply writes the value, without --restore-drift', async (_name, weather) => {
    await apply(alpha())
    expect(await valueOf('paid_alpha')).toBe(100)
    const changed = alpha({ value: 250 })
    town.line.set([weather])
    expect(await apply(changed)).toMatchObject({ exitCode: 1 })
    town.line.set([])
    expect(await apply(changed)).toMatchObject({ exitCode: 0 })
    expect(await valueOf('paid_alpha')).toBe(250)
    const { exitCode, out } = await town.plan(['diff', changed, '--detailed-exitcode'])
    expect({ exitCode, out }).toMatchObject({ exitCode: 0 })
  })

  test('a plan taken back in between is right too', async () => {
    await apply(alpha())
    for (const when of ['before', 'after'] as const) {
      town.line.set([{ at: /^PATCH .*keyEvents/, when, does: { kind: 'end' } }])
      await apply(alpha({ value: 250 }))
      town.line.set([])
      const back = alpha()
      expect(await apply(back)).toMatchObject({ exitCode: 0 })
      expect(await valueOf('paid_alpha')).toBe(100)
      expect(await town.plan(['diff', back, '--detailed-exitcode'])).toMatchObject({ exitCode: 0 })
    }
  })

  test('a value that somebody sets by hand after a whole apply is still theirs', async () => {
    await apply(alpha())
    await apply(alpha({ value: 250 }))
    await dana.setValue(PROPERTY, 'paid_alpha', 7)
    const outcome = await apply(alpha({ value: 250 }))
    expect(outcome).toMatchObject({ exitCode: 0 })
    expect(await valueOf('paid_alpha')).toBe(7)
  })

  test('a key event that leaves the plan is deleted by the next apply, and never one that was made anew', async () => {
    await apply(alpha())
    const { b, c } = steps
    const without = alpha({ steps: { b, c, e: {} } })
    town.line.set([{ at: /^DELETE .*keyEvents/, when: 'before', does: { kind: 'end' } }])
    await apply(without)
    expect(await events()).toContain('alpha_a')
    town.line.set([])
    expect(await apply(without)).toMatchObject({ exitCode: 0 })
    expect(await events()).not.toContain('alpha_a')
    await dana.call('POST', `v1beta/properties/${PROPERTY}/keyEvents`, {
      eventName: 'alpha_a',
      countingMethod: 'ONCE_PER_EVENT',
    })
    expect(await apply(without)).toMatchObject({ exitCode: 0 })
    expect(await events()).toContain('alpha_a')
    expect(await town.plan(['diff', without, '--detailed-exitcode'])).toMatchObject({ exitCode: 0 })
  })
})

describe('a container that was refused', () => {
  const refusals: readonly (readonly [string, RegExp])[] = [
    ['the workspace', /\/workspaces$/],
    ['the draft', /:?bulk_update$/],
    ['the version', /:create_version$/],
  ]
  test.each(refusals)('%s: no key event is deleted, none changed, nothing archived', async (_what, at) => {
    await apply(
      alpha({ registered: { x: 'Ex' }, steps: { ...steps, d: { sends: ['x'], weight: 0.2 } } }),
      '--publish',
    )
    const before = [await dana.keyEvents(PROPERTY), await dana.dimensions(PROPERTY)]
    town.line.set([{ at, times: 40, when: 'before', does: { kind: 'answer', status: 403, body: FORBIDDEN } }])
    const outcome = await apply(alpha({ value: 250 }), '--publish')
    expect(outcome.exitCode).toBe(1)
    expect(outcome.out + outcome.err).not.toContain('bug in plan')
    expect([await dana.keyEvents(PROPERTY), await dana.dimensions(PROPERTY)]).toEqual(before)
  })

  test('leaves no workspace of its own behind', async () => {
    await apply(alpha())
    town.line.set([
      {
        at: /bulk_update$/,
        times: 40,
        when: 'before',
        does: { kind: 'answer', status: 403, body: FORBIDDEN },
      },
    ])
    expect(await apply(alpha({ value: 250 }))).toMatchObject({ exitCode: 1 })
    expect((await dana.snapshot()).workspaces).toEqual(['Default Workspace'])
  })
})

describe('archiving', () => {
  const registered = { x: 'Ex' }
  const sends = { ...steps, d: { sends: ['x'] } }
  const dimensions = async (): Promise<readonly unknown[]> =>
    (await dana.dimensions(PROPERTY)).map(({ parameterName }) => parameterName)

  test('waits until the version is live, says so, and is done by --publish', async () => {
    await apply(alpha({ steps: sends, registered }), '--publish')
    const without = alpha()
    const outcome = await apply(without)
    expect(outcome).toMatchObject({ exitCode: 0 })
    expect(outcome.out).toContain('once the version is live')
    expect(await dimensions()).toEqual(['x'])
    expect(await apply(without, '--publish')).toMatchObject({ exitCode: 0 })
    expect(await dimensions()).toEqual([])
    expect(await town.plan(['diff', without, '--detailed-exitcode'])).toMatchObject({ exitCode: 0 })
  })

  test('that was cut off after publishing is finished by the next run', async () => {
    await apply(alpha({ steps: sends, registered }), '--publish')
    const without = alpha()
    town.line.set([{ at: /:archive$/, when: 'before', does: { kind: 'end' } }])
    await apply(without, '--publish')
    expect(await dimensions()).toEqual(['x'])
    town.line.set([])
    expect(await apply(without)).toMatchObject({ exitCode: 0 })
    expect(await dimensions()).toEqual([])
  })

  test('a name that was archived once does not block publishing', async () => {
    await town.reset({ archivedNameReusable: false })
    await apply(alpha({ steps: sends, registered }), '--publish')
    await apply(alpha(), '--publish')
    const again = alpha({ steps: { ...sends, e: {} }, registered })
    const outcome = await apply(again, '--publish')
    expect(outcome.exitCode).toBe(1)
    expect(outcome.out).toMatch(/made +version \d+ .*, live$/m)
    expect(outcome.out).toContain('archived')
    expect(((await dana.snapshot()).live['tag'] ?? []).map(({ name }) => name)).toContain('alpha - e')
  })
})

describe('the list of key events', () => {
  test('is not lost with the version variable', async () => {
    await apply(alpha(), '--publish')
    await dana.edit(async (desk) => {
      const variables = await desk.list('variables')
      const own = variables.find(({ notes }) => String(notes).includes('alpha/version#variable'))
      await desk.delete('variables', String(own?.['name']))
    })
    const { b, c } = steps
    const without = alpha({ steps: { b, c, e: {} } })
    expect(await apply(without)).toMatchObject({ exitCode: 0 })
    expect(await events()).not.toContain('alpha_a')
  })
})
