/** A key event that two plans send: the plan that made it says what it is worth, and the other one says that they differ. */
import { expect, test } from 'vitest'
import { ownTown } from './own-town.ts'
import { PROPERTY, shop, type Town } from './storms/town.ts'

const town = await ownTown()

const plan = (id: string, value: number, container = 'GTM-SHOP01'): string =>
  town.write(id, shop({ id, container, value, steps: { shared: { event: 'shared_one', weight: 0.1 } } }))
const apply = (file: string): ReturnType<Town['plan']> =>
  town.plan(['apply', file, '--auto-approve', '--publish', '--include-others', '--force'])
const worth = async (): Promise<unknown> => {
  const events = await town.people('GTM-SHOP01').keyEvents(PROPERTY)
  const found = events.find(({ eventName }) => eventName === 'shared_one')
  return (found?.['defaultValue'] as { numericValue?: number } | undefined)?.numericValue
}

test.each(['GTM-SHOP01', 'GTM-OTHER1'])('the other plan, in %s, leaves it and says so', async (container) => {
  const [alpha, beta] = [plan('alpha', 100), plan('beta', 500, container)]
  await apply(alpha)
  const second = await apply(beta)
  expect(second).toMatchObject({ exitCode: 0 })
  expect(second.err).toContain('"shared_one" is in GA4 for the plan "alpha" with another defaultValue')
  for (const file of [alpha, beta]) {
    expect(await apply(file)).toMatchObject({ exitCode: 0 })
    expect(await town.plan(['diff', file, '--detailed-exitcode'])).toMatchObject({ exitCode: 0 })
  }
  expect(await worth()).toBe(10)
})

test('the plan that made it changes it, and agreeing ends the warning', async () => {
  const beta = plan('beta', 500)
  await apply(plan('alpha', 100))
  await apply(beta)
  await apply(plan('alpha', 300))
  expect(await worth()).toBe(30)
  expect(await apply(plan('alpha', 500))).toMatchObject({ exitCode: 0 })
  expect(await worth()).toBe(50)
  const { exitCode, err } = await apply(beta)
  expect(exitCode).toBe(0)
  expect(err).not.toContain('definition-of-another-plan')
})

test('what the plan that made it gives up, the other plan has as it says, and it leaves with the last of them', async () => {
  const without = (id: string, value: number): string => town.write(id, shop({ id, value, steps: {} }))
  const beta = plan('beta', 500)
  await apply(plan('alpha', 100))
  await apply(beta)
  const alpha = without('alpha', 100)
  const dropped = (file: string): ReturnType<Town['plan']> =>
    town.plan(['apply', file, '--auto-approve', '--allow-delete', '--publish', '--include-others'])
  expect((await dropped(alpha)).err).toContain('the plan "beta" uses it')
  expect(await apply(beta)).toMatchObject({ exitCode: 0 })
  expect(await worth()).toBe(50)
  for (const file of [alpha, beta])
    expect(await town.plan(['diff', file, '--detailed-exitcode'])).toMatchObject({ exitCode: 0 })
  await dropped(without('beta', 500))
  expect(await worth()).toBe(50)
  expect((await dropped(alpha)).out).not.toContain('by hand')
  expect(await worth()).toBe(undefined)
})
