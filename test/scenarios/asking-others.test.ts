/** Before anything leaves GA4, the account's other containers are asked who else uses it. */
import { expect, test } from 'vitest'
import type { Outcome } from './outcome.ts'
import { ownTown } from './own-town.ts'
import type { Entity } from './storms/people.ts'
import { ACCOUNT, PROPERTY, shop, type Shop } from './storms/town.ts'

const town = await ownTown()
const dana = town.people('GTM-SHOP01')

const plan = (id: string, container: string, more: Partial<Shop> = {}): string =>
  town.write(id, shop({ id, container, ...more }))
const apply = (file: string, said: string[] = []): Promise<Outcome> =>
  town.plan(
    ['apply', file, '--auto-approve', '--allow-delete', '--force', '--publish'],
    undefined,
    undefined,
    {
      progress: (line) => void (line !== undefined && said.push(line)),
    },
  )
const dimensions = async (): Promise<readonly unknown[]> =>
  (await dana.dimensions(PROPERTY)).map(({ parameterName }) => parameterName)
const ensure = (container: string, more: Entity = {}): Promise<unknown> =>
  dana.control('POST', 'ensure', { account: ACCOUNT, container, ...more })

/** Alpha registers two parameters and gives both up; beta, in another container, sends the one. */
async function givenUp(): Promise<string> {
  await apply(
    plan('alpha', 'GTM-SHOP01', { registered: { x: 'X', y: 'Y' }, steps: { a: { sends: ['x', 'y'] } } }),
  )
  await apply(plan('beta', 'GTM-OTHER1', { steps: { b: { sends: ['x'] } } }))
  expect(await dimensions()).toEqual(['x', 'y'])
  return plan('alpha', 'GTM-SHOP01', { steps: { a: {} } })
}

test('those for the web, and it is said for what and which', async () => {
  const file = await givenUp()
  await ensure('GTM-SERVER', { usageContext: 'server' })
  const said: string[] = []
  town.line.set([])
  const applied = await apply(file, said)
  expect([applied.exitCode, applied.err]).toEqual([
    0,
    expect.stringContaining('the plan "beta" (GTM-OTHER1) uses it'),
  ])
  expect(said).toContain(
    'Who else uses the custom dimension "Y" and the custom dimension "X"? Asking GTM-OTHER1 (2 requests to Tag Manager, about 1 s)',
  )
  expect(await dimensions()).toEqual(['x'])
})

test('whoever waits a minute for the answer is told so in a line that stays', async () => {
  const file = await givenUp()
  for (let other = 1; other <= 7; other++) await ensure(`GTM-WEB00${other}`)
  const { err } = await town.plan(['diff', file])
  expect(err).toContain(
    '"X"? Asking GTM-OTHER1, GTM-WEB001, GTM-WEB002 and 5 more (16 requests to Tag Manager, about',
  )
})

test('a list of containers that lacks the plan’s own is no list: nothing leaves GA4 for it', async () => {
  const file = await givenUp()
  town.line.set([
    {
      at: /^GET .*accounts\/\d+\/containers$/,
      times: 9,
      when: 'after',
      does: { kind: 'answer', status: 200 },
    },
  ])
  const refused = await apply(file)
  expect([refused.exitCode, refused.err]).toEqual([1, expect.stringContaining('came without GTM-SHOP01')])
  expect(await dimensions()).toEqual(['x', 'y'])
})
