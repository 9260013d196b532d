import { expect, test } from 'vitest'
import { withOwnNamesAsKeys } from '../../src/diff/diff-gtm.ts'
import type { Resource } from '../../src/resources/resource.ts'

const tag = (id: string, name: string, other: object): Resource<'gtm/tag'> => ({
  kind: 'gtm/tag',
  key: `shop/${id}#tag`,
  name,
  notes: '',
  spec: {
    type: 'html',
    parameters: { html: '{{Chat}}' },
    firingTriggers: [],
    blockingTriggers: [],
    firingOption: 'oncePerEvent',
    paused: false,
    consent: { status: 'notSet', types: [] },
    other: { ...other },
  },
})

test('what is taken in as it is may name a tag of the plan by the name that it keeps', () => {
  const setUp = (ref: string): object => ({ setupTag: [{ tag: { $tag: ref } }] })
  const [, child] = withOwnNamesAsKeys([
    tag('destination-chat', 'Chat', {}),
    tag('as-it-is.child', 'Child', setUp('Chat')),
  ])
  // A variable of the same name is something else.
  expect(child).toEqual(tag('as-it-is.child', 'Child', setUp('@shop/destination-chat#tag')))
  const [stranger] = withOwnNamesAsKeys([tag('as-it-is.child', 'Child', setUp('Theirs'))])
  expect(stranger).toEqual(tag('as-it-is.child', 'Child', setUp('Theirs')))
})
