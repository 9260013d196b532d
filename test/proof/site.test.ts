/** What the team's own server answers comes to the browser as it was. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { siteAnswer, snippet } from '../../src/proof/browser/site.ts'

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

test.each([
  ['windows-1251 that the page names', '<!doctype html><html><head><meta charset=windows-1251>', 'text/html'],
  ['UTF-8 where nothing is named', '<!doctype html><html><head>', 'text/html; charset=utf-8'],
])('a page keeps its bytes: %s', async (_, start, type) => {
  const dir = mkdtempSync(join(tmpdir(), 'plan-site-'))
  const rest = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0xff, 0x80])
  writeFileSync(join(dir, 'page.html'), Buffer.concat([Buffer.from(start), rest]))
  const answer = await siteAnswer({ kind: 'dir', dir, isApp: false }, askedFor('/page'), 'GTM-LIVE001', watch)
  expect(answer.headers['content-type']).toBe(type)
  expect(Buffer.from(answer.body).subarray(-rest.length)).toEqual(rest)
  expect(answer.body.toString()).toContain('GTM-LIVE001')
  rmSync(dir, { recursive: true })
})

test.each([
  ['<!-- <head> --><html><body data-x="<head>">here', '<!-- <head> --><html>', '<body data-x="<head>">here'],
  ['<!doctype html>\n<p>no head at all', '<!doctype html>', '\n<p>no head at all'],
  ['<html lang="en"><head id="h"><title>t</title>', '<html lang="en"><head id="h">', '<title>t</title>'],
  ['<header>a part</header>', '', '<header>a part</header>'],
  [
    '<head><script>dataLayer = [{ page: 1 }]; go()</script><title>t</title>',
    '<head><script>dataLayer = [{ page: 1 }]; go()</script>',
    '<title>t</title>',
  ],
  [
    '<head><script>window.dataLayer = window.dataLayer || []</script>',
    '<head>',
    '<script>window.dataLayer = window.dataLayer || []</script>',
  ],
])(
  'the snippet goes to where the head of %j begins, or behind a data layer that begins anew',
  async (html, before, after) => {
    const dir = mkdtempSync(join(tmpdir(), 'plan-site-'))
    writeFileSync(join(dir, 'page.html'), html)
    const answer = await siteAnswer(
      { kind: 'dir', dir, isApp: false },
      askedFor('/page'),
      'GTM-LIVE001',
      watch,
    )
    expect(answer.body.toString()).toBe(`${before}${snippet('GTM-LIVE001')}${after}`)
    rmSync(dir, { recursive: true })
  },
)

const watch = { note: () => undefined, page: () => undefined }

function askedFor(path: string) {
  return {
    method: 'GET',
    url: new URL(`https://www.shop.example${path}`),
    body: Buffer.from(''),
    headers: {},
  }
}
