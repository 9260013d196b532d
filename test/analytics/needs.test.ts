/** What an event must carry to be the conversion that its trigger asks for. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { planFrom, STORE } from './measure-sample.ts'

const VIEWED = 'event: view_item\n        collectedBy: site'

async function viewed(more: string) {
  const yaml = readFileSync(STORE, 'utf8')
  const trigger = `event: view_item\n        trigger: { dataLayer: view_item, ${more} }`
  const { conversions } = await planFrom(yaml.replace(VIEWED, trigger))
  const found = conversions.find(({ id }) => id === 'item_viewed')
  return {
    needs: found?.needs.map(({ key, operator, wanted, negate }) => [key, operator, wanted, negate]),
    unseen: found?.unseen,
  }
}

test('of several values any one will do', async () => {
  expect(await viewed('when: [{ path: { equals: [/sale, /new.html] } }]')).toEqual({
    needs: [['page_location:path', 'matches', '^/sale$|^/new\\.html$', false]],
    unseen: [],
  })
})

test('each of several exceptions blocks by itself', async () => {
  const blocked = '{ path: { startsWith: /staff } }, { host: { equals: [a.example, b.example] } }'
  expect(await viewed(`unless: [${blocked}, { cookie: { team: { equals: yes } } }]`)).toEqual({
    needs: [
      ['page_location:path', 'startsWith', '/staff', true],
      ['page_location:host', 'matches', '^a\\.example$|^b\\.example$', true],
    ],
    unseen: [expect.stringMatching(/^unless .*team/)],
  })
})
