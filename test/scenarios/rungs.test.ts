/** Every rung has its own words for a refusal, goes on from the size that failed, and ends in the same place. */
import { describe, expect, test } from 'vitest'
import { ownTown } from './own-town.ts'
import { shop, type Shop, type Town } from './storms/town.ts'

const town = await ownTown()
const dana = town.people('GTM-SHOP01')

const steps = { a: { weight: 0.1, sends: ['x', 'y'] }, b: { both: true, sends: ['x'] }, c: {} }
const alpha = (more: Partial<Shop> = {}): string => town.write('alpha', shop({ id: 'alpha', steps, ...more }))
const apply = (file: string, ...flags: string[]): ReturnType<Town['plan']> =>
  town.plan(['apply', file, '--auto-approve', '--allow-delete', '--force', ...flags])
const settled = async (file: string): Promise<void> => {
  const { exitCode, out, err } = await town.plan(['diff', file, '--detailed-exitcode'])
  expect({ exitCode, out, err }).toMatchObject({ exitCode: 0 })
}

const envelope = (code: number, status: string, message: string, reason?: string): object => ({
  error: {
    code,
    message,
    status,
    ...(reason === undefined ? {} : { errors: [{ message, domain: 'global', reason }] }),
  },
})

describe('on the rung of levels', () => {
  const refusals = [
    [
      'quota',
      403,
      envelope(403, 'PERMISSION_DENIED', 'Daily limit', 'dailyLimitExceeded'),
      3,
      'quota-exhausted',
    ],
    ['permission', 403, envelope(403, 'PERMISSION_DENIED', 'No permission'), 1, 'permission-denied'],
    [
      'a submitted workspace',
      400,
      envelope(400, 'FAILED_PRECONDITION', 'Workspace is already submitted.'),
      1,
      'workspace-submitted',
    ],
    ['credentials', 401, envelope(401, 'UNAUTHENTICATED', 'Invalid Credentials'), 1, 'credentials-refused'],
  ] as const
  test.each(refusals)(
    'a refusal for %s is called so, with a report',
    async (_what, status, body, exitCode, code) => {
      await town.reset({ bulkNewIdsInFiringTriggers: false })
      const file = alpha()
      // Everything after the first bulk call is refused.
      await dana.control('POST', 'faults', {
        path: 'bulk_update',
        skip: 1,
        times: 30,
        status,
        body,
      })
      const outcome = await apply(file)
      await dana.control('DELETE', 'faults')
      expect(outcome.out + outcome.err).not.toContain('bug in plan')
      expect(outcome.exitCode).toBe(exitCode)
      expect(outcome.out).toContain(`error ${code}`)
      expect(await apply(file)).toMatchObject({ exitCode: 0 })
      await settled(file)
    },
  )
})

test('a call that takes few changes is found by halving, down to one', async () => {
  for (const bulkMaxChanges of [1, 2, 3, 5]) {
    await town.reset({ bulkMaxChanges })
    expect(await apply(alpha())).toMatchObject({ exitCode: 0 })
    await settled(alpha())
  }
})

test('a bulk_update that never answers is given up for smaller calls, and in the end for single ones', async () => {
  await dana.control('POST', 'faults', { path: 'bulk_update', times: 1000, status: 503 })
  expect(await apply(alpha())).toMatchObject({ exitCode: 0 })
  await settled(alpha())
})

describe.each(['supported', 'unsupported'])('with bulk_update %s', (bulkUpdate) => {
  test('a trigger group is deleted before its members', async () => {
    await town.reset({ bulkUpdate, deleteTriggerInUse: 'refuse', deleteVariableInUse: 'refuse' })
    await apply(alpha())
    const without = alpha({ steps: { d: {}, e: {}, f: {} } })
    expect(await apply(without)).toMatchObject({ exitCode: 0 })
    await settled(without)
  })

  test('a template is made before the tag of it, and goes after it', async () => {
    await town.reset({ bulkUpdate })
    const withDefaults = town.write('alpha', {
      ...shop({ id: 'alpha', steps }),
      consent: { mode: 'advanced', defaultsTag: true },
      consentRegions: { other: 'denied' },
    })
    expect(await apply(withDefaults)).toMatchObject({ exitCode: 0 })
    await settled(withDefaults)
    expect(await apply(alpha())).toMatchObject({ exitCode: 0 })
    await settled(alpha())
  })

  test.each([400, 409, 412])(
    'renaming variables converges where Google rewrites references and checks fingerprints (%d)',
    async (fingerprintMismatchStatus) => {
      await town.reset({
        bulkUpdate,
        renameRewritesReferences: true,
        bulkChecksFingerprints: true,
        fingerprintMismatchStatus,
      })
      const sends = { ...steps, c: { sends: ['z', 'x'] }, d: { sends: ['x', 'y', 'z', 'v', 'w'] } }
      const document = shop({ id: 'alpha', steps: sends }) as {
        naming: { variable: string }
        stages: { first: { micro: { a: { parameters: Record<string, unknown> } } } }
      }
      // Variables that read variables: renaming one rewrites another that is renamed in the same call.
      for (const key of ['x', 'y', 'z']) {
        document.stages.first.micro.a.parameters[`tier_${key}`] = {
          lookup: { from: { dataLayer: key }, map: { a: 'b' } },
        }
      }
      expect(await apply(town.write('alpha', document))).toMatchObject({ exitCode: 0 })
      document.naming.variable = 'renamed alpha {kind} {source}'
      const renamed = town.write('alpha', document)
      expect(await apply(renamed)).toMatchObject({ exitCode: 0 })
      await settled(renamed)
    },
  )
})
