/** Google's scripts through a link: one that never comes is waited for once, and whoever no longer waits asks nobody. */
import { get } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fromLink } from '../../src/proof/browser/from-link.ts'
import { openWorld } from '../../src/proof/browser/local-world.ts'

/** Begins an answer and never ends it, as a proxy does that has lost its other side. */
let server: Server
let asked = 0
beforeAll(async () => {
  server = createServer((socket) => {
    asked++
    socket.on('error', () => undefined)
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n(')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => void server.close())

const host = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const request = (path: string, signal?: AbortSignal) => ({
  method: 'GET',
  url: new URL(path, 'https://www.googletagmanager.com'),
  body: Buffer.from(''),
  headers: {},
  ...(signal === undefined ? {} : { signal }),
})

test('a script that never comes is waited for once; the link is named without its secret', async () => {
  const google = fromLink(`${host()}/gtm.js?id=GTM-LIVE001&gtm_auth=secret&gtm_preview=env-3`, 100)
  const said = `gtm.js did not load: ${host()}/gtm.js?id=GTM-LIVE001&gtm_auth=…&gtm_preview=env-3 did not answer within 0.1 seconds`
  asked = 0
  await expect(google.script(request('/gtm.js?id=GTM-LIVE001'), 'gtm.js')).rejects.toThrow(said)
  expect(google.silent()).toBe(said)
  await expect(google.script(request('/gtag/js?id=G-LIVE000001'), 'gtag/js')).rejects.toThrow(said)
  expect(asked).toBe(1)
})

test('also while garbage is collected and the page still waits', async () => {
  const google = fromLink(`${host()}/gtm.js?id=GTM-LIVE001`, 400)
  const asking = google.script(request('/gtm.js?id=GTM-LIVE001', new AbortController().signal), 'gtm.js')
  setFlagsFromString('--expose-gc')
  const collecting = setInterval(runInNewContext('gc') as () => void, 50)
  await expect(asking).rejects.toThrow('did not answer within 0.4 seconds')
  clearInterval(collecting)
})

test('a page that has gone on ends the question, and says nothing about the link', async () => {
  const google = fromLink(`${host()}/gtm.js?id=GTM-LIVE001`, 60_000)
  const gone = new AbortController()
  const asking = google.script(request('/gtm.js?id=GTM-LIVE001', gone.signal), 'gtm.js')
  gone.abort()
  await expect(asking).rejects.toThrow('gtm.js did not load')
  expect(google.silent()).toBeUndefined()
})

test('a link that refuses is asked again', async () => {
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise((resolve) => closed.close(resolve))
  const google = fromLink(`http://127.0.0.1:${port}/gtm.js`, 60_000)
  await expect(google.script(request('/gtm.js'), 'gtm.js')).rejects.toThrow(
    'nobody answers at the link’s address (ECONNREFUSED)',
  )
  expect(google.silent()).toBeUndefined()
})

test('what is asked for a page is given up once the page is gone, so that it does not keep the process', async () => {
  let isGivenUp = (): void => undefined
  const givenUp = new Promise<void>((resolve) => (isGivenUp = resolve))
  const world = await openWorld(({ signal }) => {
    signal?.addEventListener('abort', isGivenUp)
    left.destroy()
    return new Promise(() => undefined)
  }, new Date())
  const left = get({ port: world.port, host: '127.0.0.1' }).on('error', () => undefined)
  await givenUp
  await world.close()
})
