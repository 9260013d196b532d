/** Promise 4 to the number: more than 30 % of ten or more owned things needs --force. */
import { expect, test } from 'vitest'
import { checkChangeSet } from '../../src/diff/check-change-set.ts'
import type { Change, ChangeSet } from '../../src/resources/change-set.ts'

function deleting(deleted: number, owned: number): ChangeSet {
  const changes = Array.from({ length: deleted }, (_, index): Change => ({
    action: 'delete',
    kind: 'gtm/tag',
    key: `shop/c${index}#tag`,
    name: `Tag ${index}`,
    cause: 'plan',
    fields: [],
    words: [],
    subject: { what: 'conversion', id: `c${index}` },
  }))
  const summary = { create: 0, update: 0, rename: 0, delete: deleted, adopt: 0, unchanged: 0, unmanaged: 0 }
  return {
    formatVersion: 1,
    plan: 'shop',
    environment: 'staging',
    digest: '',
    compared: { desired: '', live: '' },
    summary: { ...summary, held: 0, waiting: 0, owned },
    requests: { gtm: 0, ga4: 0, seconds: 0 },
    changes,
    uses: [],
  }
}

test.each([
  { deleted: 9, owned: 9, needsForce: false },
  { deleted: 3, owned: 10, needsForce: false },
  { deleted: 4, owned: 10, needsForce: true },
  { deleted: 30, owned: 100, needsForce: false },
  { deleted: 31, owned: 100, needsForce: true },
])('$deleted of $owned: force is needed: $needsForce', ({ deleted, owned, needsForce }) => {
  const found = checkChangeSet(deleting(deleted, owned), { allowDelete: true, force: false })
  expect(found.map(({ code }) => code)).toEqual(needsForce ? ['deletes-a-large-part'] : [])
  expect(checkChangeSet(deleting(deleted, owned), { allowDelete: true, force: true })).toEqual([])
})
