/** What refers to what, read from Google's own fields, for other people's entities too. */
import { expect, test } from 'vitest'
import { usedBy } from '../../src/live/sent.ts'

const used = (sent: object): readonly string[] => [...usedBy({ ...sent })].sort()

test('variables in every text but those for people and a template’s code', () => {
  expect(
    used({
      name: '{{A}}',
      notes: '{{B}}',
      templateData: '{{C}}',
      parameter: [{ type: 'template', key: 'html', value: '{{D}} and {{E}}' }],
    }),
  ).toEqual(['variable D', 'variable E'])
})

test('triggers by the fields of a tag and by references in parameters, as of a group', () => {
  expect(used({ firingTriggerId: ['1'], blockingTriggerId: ['2'] })).toEqual(['trigger 1', 'trigger 2'])
  const list = [{ type: 'triggerReference', value: '7' }]
  expect(used({ parameter: [{ type: 'list', key: 'triggerIds', list }] })).toEqual(['trigger 7'])
})

test('tags that fire before and after, by name or reference; and the folder', () => {
  expect(used({ setupTag: [{ tagName: 'Before' }], teardownTag: [{ tagName: 'After' }] })).toEqual([
    'tag After',
    'tag Before',
  ])
  expect(used({ parameter: [{ type: 'tagReference', key: 'tag', value: 'Base' }] })).toEqual(['tag Base'])
  expect(used({ parentFolderId: '3' })).toEqual(['folder 3'])
})
