/** A container may list built-in variables under the names of its maker's language; the plan knows Google's English ones. */
import { expect, test } from 'vitest'
import { bodyOf, containerOf } from '../../src/live/container.ts'
import { missingIn } from '../../src/live/usage.ts'

const trigger = {
  triggerId: '1',
  name: 'Clic',
  type: 'click',
  filter: [
    {
      type: 'contains',
      parameter: [
        { type: 'template', key: 'arg0', value: '{{Texto del clic}}' },
        { type: 'template', key: 'arg1', value: 'Comprar' },
      ],
    },
  ],
}
const builtInVariable = [{ type: 'clickText', name: 'Texto del clic' }]

test('it is read under the English name, missed by nothing, and written as the container has it', () => {
  const content = containerOf({ trigger: [trigger], builtInVariable }, undefined)
  const [entity] = content.entities
  if (entity?.kind !== 'gtm/trigger') throw new Error('The trigger was not read.')
  expect(entity.spec.filter[0]?.arg0).toBe('{{Click Text}}')
  expect(content.builtIns[0]?.name).toBe('Click Text')
  expect(missingIn(content)).toEqual([])
  expect(JSON.stringify(bodyOf(entity, '', content, new Map()))).toContain('{{Texto del clic}}')
})

test("a variable of somebody's that has the English name is itself", () => {
  const variable = [{ variableId: '2', name: 'Click Text', type: 'c', parameter: [] }]
  const { entities } = containerOf({ trigger: [trigger], variable, builtInVariable }, undefined)
  const found = entities.find(({ kind }) => kind === 'gtm/trigger')
  expect(JSON.stringify(found?.spec)).toContain('{{Texto del clic}}')
})
