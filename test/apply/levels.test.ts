/** Where writes are cut into calls, on the rung where one call cannot hold all of them. */
import { expect, test } from 'vitest'
import { levelsOf } from '../../src/apply/send-writes.ts'
import type { Draft, EntityWrite } from '../../src/apply/writes.ts'
import { isEntity } from '../../src/kinds/kinds.ts'
import type { Live } from '../../src/live/live.ts'
import type { EntityKind, Resource } from '../../src/resources/resource.ts'
import { resourcesOf, type SmallPlan } from './make-resources.ts'

const PLAN: SmallPlan = {
  conversions: [{ id: 'signup', sends: ['method'], group: true }, { id: 'call' }],
  variables: { method: '' },
}
const RESOURCES = resourcesOf(PLAN).filter(isEntity)
const named = (name: string): Resource<EntityKind> => {
  const found = RESOURCES.find((resource) => resource.name === name)
  if (found === undefined) throw new Error(`There is no ${name}.`)
  return found
}
const METHOD = named('DLV - method')
const SIGNUP = named('GA4 Event - signup')
const DRAFT: Draft = {
  content: { entities: [], builtIns: [], others: [] },
  byKey: new Map(),
  refs: new Map(),
}

function live(resource: Resource<EntityKind>): Live<EntityKind> {
  return { ...resource, human: '', remote: { id: '1', sent: {} }, ours: true }
}
const create = (resource: Resource<EntityKind>): EntityWrite => {
  const { kind, name } = resource
  return { op: 'create', kind, name, resource }
}
const remove = (resource: Resource<EntityKind>): EntityWrite => {
  const { kind, name } = resource
  return { op: 'delete', kind, name, live: live(resource) }
}
const update = (resource: Resource<EntityKind>, before = resource): EntityWrite => {
  const { kind, name } = resource
  return { op: 'update', kind, name, resource, live: live(before) }
}
const levels = (writes: readonly EntityWrite[]): readonly (readonly string[])[] =>
  levelsOf(writes, DRAFT).map((level) => level.map(({ op, kind, name }) => `${op} ${kind.slice(4)} ${name}`))

test('what refers by id to what is made waits for the call that makes it, and nothing else does', () => {
  expect(levels(RESOURCES.map(create))).toEqual([
    [
      'create folder Stage awareness',
      'create variable CONST - measurement plan',
      'create variable DLV - method',
    ],
    ['create trigger CE - signup'],
    ['create trigger Group - signup'],
    ['create tag GA4 Event - signup', 'create trigger CE - call'],
    ['create tag GA4 Event - call'],
  ])
  const [first, second] = ['CE - signup', 'CE - call'].map(named)
  const tags = [named('GA4 Event - call'), { ...named('GA4 Event - call'), name: 'Twin' }]
  if (first === undefined || second === undefined) throw new Error('There are no triggers.')
  expect(levels([first, second, ...tags].map(create))).toEqual([
    ['create trigger CE - signup', 'create trigger CE - call'],
    ['create tag GA4 Event - call', 'create tag Twin'],
  ])
})

test('what reads a variable, or did so, waits until that has its new name', () => {
  const renamed = { ...METHOD, name: 'DLV - how' }
  const silent = named('GA4 Event - call')
  expect(levels([update(renamed, METHOD), update(SIGNUP)])).toHaveLength(2)
  expect(levels([update(renamed, METHOD), update({ ...silent, key: SIGNUP.key }, SIGNUP)])).toHaveLength(2)
  expect(levels([update(renamed, METHOD), update(silent)])).toHaveLength(1)
  expect(levels([update(METHOD), update(SIGNUP)])).toHaveLength(1)
})

test('deletes come in calls of their own, a trigger after what fires on it', () => {
  expect(levels([update(METHOD), remove(named('GA4 Event - call'))])).toHaveLength(2)
  expect(levels(RESOURCES.toReversed().map(remove))).toEqual([
    ['delete tag GA4 Event - call'],
    ['delete trigger CE - call', 'delete tag GA4 Event - signup'],
    ['delete trigger Group - signup'],
    [
      'delete trigger CE - signup',
      'delete variable DLV - method',
      'delete variable CONST - measurement plan',
      'delete folder Stage awareness',
    ],
  ])
  // A variable is referred to by its name, so it may go in one call with what reads it.
  expect(levels([remove(SIGNUP), remove(METHOD)])).toHaveLength(1)
})
