import { expect, test } from 'vitest'
import { withOwnNamesAsKeys } from '../../src/diff/diff-gtm.ts'
import type { Resource, TagSpec } from '../../src/resources/resource.ts'
import { tagOf } from '../resources/make-resource.ts'

const tag = (id: string, name: string, other: TagSpec['other']): Resource<'gtm/tag'> =>
  tagOf(`shop/${id}#tag`, name, { parameters: { html: '{{Chat}}' }, other })

test('what is taken in as it is may name a tag of the plan by the name that it keeps', () => {
  const setUp = (ref: string): TagSpec['other'] => ({ setupTag: [{ tag: { $tag: ref } }] })
  const [, child] = withOwnNamesAsKeys([
    tag('destination-chat', 'Chat', {}),
    tag('as-it-is.child', 'Child', setUp('Chat')),
  ])
  // A variable of the same name is something else.
  expect(child).toEqual(tag('as-it-is.child', 'Child', setUp('@shop/destination-chat#tag')))
  const [stranger] = withOwnNamesAsKeys([tag('as-it-is.child', 'Child', setUp('Theirs'))])
  expect(stranger).toEqual(tag('as-it-is.child', 'Child', setUp('Theirs')))
})
