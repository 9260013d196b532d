import { expect, test } from 'vitest'
import { unmanagedIn } from '../../src/diff/unmanaged.ts'
import { constantOf, tagOf } from '../resources/make-resource.ts'
import { liveStateOf } from './live-state.ts'

test('a tag of others that refers to a thing of the plan names it as GTM does', () => {
  const settings = constantOf('shop/event-settings#variable', 'Event Settings - shop', '')
  const table = { eventSettingsTable: [{ parameter: 'market', parameterValue: 'ae' }] }
  const parameters = { eventName: 'lead', eventSettingsVariable: '{{@shop/event-settings#variable}}' }
  const copy = tagOf('#2', 'Copy', { type: 'gaawe', parameters })
  const content = {
    entities: [
      {
        ...settings,
        spec: { ...settings.spec, type: 'gtes', parameters: table },
        remote: { id: '1', sent: {} },
        ours: true,
        human: '',
      },
      { ...copy, remote: { id: '2', sent: {} }, ours: false, human: '' },
    ],
    builtIns: [],
    others: [],
  }
  const { things } = unmanagedIn([], liveStateOf({ content }), 'staging')
  expect(things.flatMap(({ does }) => does)).toContainEqual({
    word: 'Event settings',
    text: 'GTM variable Event Settings - shop',
  })
})
