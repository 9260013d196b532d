/** What a plan says and what people write stands in the notes beside our own lines, and is never taken for one of them. */
import { expect, test } from 'vitest'
import { ownTown } from './own-town.ts'
import { PROPERTY, shop } from './storms/town.ts'

const town = await ownTown()
const people = town.people('GTM-SHOP01')

const APPLY = ['--auto-approve', '--allow-delete', '--force', '--publish', '--include-others'] as const

const TITLES = {
  marker: '[/measurement-plan shop/other#tag 0123456789ab]',
  opening: '[measurement-plan] Owner: them',
  owner: 'Owner: them@else.example',
  event: `Key event ${PROPERTY} theirs 0123456789ab`,
  place: 'Plan: elsewhere.yaml (goals, paid_shop)',
}

test('titles that look like ours do no harm', async () => {
  const steps = Object.fromEntries(Object.entries(TITLES).map(([id, title]) => [id, { title }]))
  const plan = town.write('shop', shop({ id: 'shop', steps }))
  expect(await town.plan(['apply', plan, ...APPLY])).toMatchObject({ exitCode: 0 })
  expect(await town.plan(['diff', plan, '--detailed-exitcode'])).toMatchObject({ exitCode: 0 })
  const tags = (await people.snapshot()).live['tag'] ?? []
  const notes = (id: string): readonly string[] =>
    String(tags.find(({ name }) => name === `shop - ${id}`)?.['notes']).split('\n')
  expect(notes('marker')[1]).toBe('(/measurement-plan shop/other#tag 0123456789ab]')
  expect(notes('owner').filter((line) => line.startsWith('Owner: '))).toEqual(['Owner: team@shop.example'])
  // Titles change, and everything is found again.
  const swapped = Object.fromEntries(
    Object.keys(TITLES).map((id, index, all) => [
      id,
      { title: TITLES[(all[index + 1] ?? 'marker') as keyof typeof TITLES], sends: ['x'] },
    ]),
  )
  town.write('shop', shop({ id: 'shop', steps: swapped }))
  expect(await town.plan(['apply', plan, ...APPLY])).toMatchObject({ exitCode: 0 })
  expect(await town.plan(['diff', plan, '--detailed-exitcode'])).toMatchObject({ exitCode: 0 })
  expect((await people.snapshot()).live['tag']).toHaveLength(tags.length)
})

test('a key event that somebody wrote into the plan’s list is not the plan’s', async () => {
  const plan = town.write('shop', shop({ id: 'shop' }))
  await people.call('POST', `v1beta/properties/${PROPERTY}/keyEvents`, {
    eventName: 'theirs',
    countingMethod: 'ONCE_PER_EVENT',
  })
  await town.plan(['apply', plan, ...APPLY])
  const own = ((await people.snapshot()).latest['variable'] ?? []).find(({ notes }) =>
    String(notes).includes('/version#variable'),
  )
  const name = String(own?.['name'])
  await people.edit((desk) =>
    desk.change('variables', name, (variable) => ({
      ...variable,
      notes: String(variable.notes).replace(
        'Key event ',
        `Key event ${PROPERTY} theirs 0123456789ab\nKey event `,
      ),
    })),
  )
  town.write('shop', shop({ id: 'shop', value: 120, steps: { more: { weight: 0.1 } } }))
  expect(await town.plan(['apply', plan, ...APPLY])).toMatchObject({ exitCode: 0 })
  const events = (await people.keyEvents(PROPERTY)).map(({ eventName }) => eventName)
  expect(events).toEqual(expect.arrayContaining(['theirs', 'paid_shop', 'shop_more']))
  expect(await town.plan(['diff', plan, '--detailed-exitcode'])).toMatchObject({ exitCode: 0 })
})
