/** What leads nowhere in a container is said before anything is written: GTM would make no version of it. */
import { expect, test } from 'vitest'
import { diff } from '../../src/diff/diff.ts'
import { containerOf } from '../../src/live/container.ts'
import type { LiveState } from '../../src/live/live.ts'
import { hashOf, renderNotes } from '../../src/resources/marker.ts'
import type { Resource } from '../../src/resources/resource.ts'
import { constantOf, tagOf } from '../resources/make-resource.ts'
import { liveStateOf } from './live-state.ts'

function stateWith(tags: readonly object[], more: object = {}): LiveState {
  const plan = 'outfitters'
  return liveStateOf({ plan, content: containerOf({ tag: tags, ...more }, { plan }) })
}

const tagThatReads = (text: string): object => ({
  tagId: '1',
  name: 'Chat',
  type: 'html',
  parameter: [{ type: 'template', key: 'html', value: text }],
})

function said(live: LiveState, desired: readonly Resource[] = []): readonly string[] {
  return diff(desired, live, { environment: 'staging' }).diagnostics.map(
    ({ severity, code, message }) => `${severity} ${code}: ${message}`,
  )
}

test('a variable that is not there is named, with who refers to it and how many more there are', () => {
  expect(said(stateWith([tagThatReads('{{Order ID}} {{User}} {{Other}}')]))).toEqual([
    'warning container-does-not-compile: In the container, the tag "Chat" refers to the variable {{Order ID}}, which is not there (and 2 more names like it): GTM will make no version of it.',
  ])
})

test('so are a trigger and a tag, as in an export of a selection', () => {
  expect(said(stateWith([{ tagId: '1', name: 'Chat', type: 'html', firingTriggerId: ['17'] }]))[0]).toContain(
    'refers to the trigger number 17, which is not there:',
  )
  const after = { tagId: '1', name: 'Chat', type: 'html', setupTag: [{ tagName: 'Base' }] }
  expect(said(stateWith([after]))[0]).toContain('refers to the tag "Base", which is not there:')
})

test('what is there, built in, GTM’s own, or brought by the plan is not missing', () => {
  const builtIns = { builtInVariable: [{ type: 'pageUrl', name: 'Page URL' }] }
  expect(said(stateWith([tagThatReads('{{Page URL}} {{_event}}')], builtIns))).toEqual([])
  expect(
    said(stateWith([{ tagId: '1', name: 'Chat', type: 'html', firingTriggerId: ['2147479553'] }])),
  ).toEqual([])
  const brought = constantOf('outfitters/order#variable', 'Order ID', '1')
  const enabled: Resource = {
    kind: 'gtm/built-in-variable',
    key: 'clickUrl#built-in',
    name: 'Click URL',
    notes: '',
    spec: { type: 'clickUrl' },
  }
  expect(said(stateWith([tagThatReads('{{Click URL}}')]), [enabled])).toEqual([])
  expect(said(stateWith([tagThatReads('{{Order ID}}')]), [brought])).toEqual([])
})

test('what was deleted by hand and is left so is missing, until it is restored', () => {
  const key = 'outfitters/place#variable'
  const desired = constantOf(key, 'Place', '1')
  const tag = tagOf('outfitters/chat#tag', 'Chat', { parameters: { html: `{{@${key}}}` } })
  const notes = renderNotes('', '', { key: tag.key, hash: hashOf(tag), id: '1' })
  const live = stateWith([{ ...tagThatReads('{{Place}}'), notes }])
  expect(said(live, [desired, tag])).toContainEqual(
    expect.stringContaining('the variable {{Place}}, which is not there'),
  )
  const restored = diff([desired, tag], live, { environment: 'staging', restoreDrift: true }).diagnostics
  expect(restored.map(({ code }) => code)).not.toContain('container-does-not-compile')
})
