import { expect, test } from 'vitest'
import { loginCommand, scopesFor, scopeUrl } from '../../src/google/scopes.ts'

test.each([
  [['read'], ['analytics.readonly', 'tagmanager.readonly']],
  [
    ['read', 'read-draft'],
    ['analytics.readonly', 'tagmanager.edit.containerversions', 'tagmanager.readonly'],
  ],
  [
    ['read-draft', 'apply'],
    ['analytics.edit', 'tagmanager.edit.containers', 'tagmanager.edit.containerversions'],
  ],
  [
    ['apply', 'publish', 'discard'],
    [
      'analytics.edit',
      'tagmanager.delete.containers',
      'tagmanager.edit.containers',
      'tagmanager.edit.containerversions',
      'tagmanager.publish',
    ],
  ],
  [['publish'], ['tagmanager.publish', 'tagmanager.readonly']],
  [['rollback'], ['tagmanager.edit.containers', 'tagmanager.publish']],
  [[], []],
] as const)('to %j takes %j and no more', (deeds, scopes) => {
  expect(scopesFor(...deeds)).toEqual(scopes)
})

test('a scope’s address is Google’s', () => {
  expect(scopeUrl('tagmanager.publish')).toBe('https://www.googleapis.com/auth/tagmanager.publish')
})

test('the advice to sign in never takes a scope away that another command needs', () => {
  for (const scope of [undefined, 'tagmanager.readonly', 'tagmanager.delete.containers'] as const) {
    const advised = loginCommand(scope)
    for (const each of [...scopesFor('apply', 'publish')]) expect(advised).toContain(scopeUrl(each))
  }
  expect(loginCommand('tagmanager.delete.containers')).toContain('tagmanager.delete.containers')
})
