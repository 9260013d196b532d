/** What the team's own server answers comes to the browser as it was. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { siteAnswer } from '../../src/proof/browser/site.ts'

let server: Server
beforeAll(async () => {
  server = createServer((_, response) => {
    response.setHeader('Set-Cookie', [
      'sid=a; Path=/; Expires=Thu, 01 Jan 2037 00:00:00 GMT',
      'shown=1; Path=/',
    ])
    response.writeHead(303, { Location: '/account' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => void server.close())

test('every cookie that a sign-in sets reaches the browser', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const asked = {
    method: 'POST',
    url: new URL('https://www.shop.example/login'),
    body: Buffer.from(''),
    headers: {},
  }
  const watch = { note: () => undefined, page: () => undefined }
  const answer = await siteAnswer({ kind: 'url', url }, asked, 'GTM-LIVE001', watch)
  expect(answer).toMatchObject({
    status: 303,
    headers: {
      location: 'https://www.shop.example/account',
      'set-cookie': ['sid=a; Path=/; Expires=Thu, 01 Jan 2037 00:00:00 GMT', 'shown=1; Path=/'],
    },
  })
})

test('a percent sign in a file’s name is one', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'plan-site-'))
  writeFileSync(join(dir, '100%.html'), '<!doctype html><head></head>all')
  const asked = {
    method: 'GET',
    url: new URL('https://www.shop.example/100%.html'),
    body: Buffer.from(''),
    headers: {},
  }
  const watch = { note: () => undefined, page: () => undefined }
  const answer = await siteAnswer({ kind: 'dir', dir, isApp: false }, asked, 'GTM-LIVE001', watch)
  rmSync(dir, { recursive: true })
  expect([answer.status, String(answer.body)]).toEqual([200, expect.stringContaining('all')])
})
