/**
 * Keeps web pages out. A page on the internet can make a browser send requests to 127.0.0.1: by a name that it has pointed
 * there (DNS rebinding; the Host header shows it), from a form or script (the Origin header shows it), or from an image, a
 * frame or a link, which have no Origin: browsers say in Sec-Fetch-Site whose page it was
 * (https://www.w3.org/TR/fetch-metadata/). Clients that are no browsers send none of them.
 */
import type { IncomingMessage } from 'node:http'
import type { Answer } from './answer.ts'

const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i

export function guard(request: IncomingMessage): Answer | undefined {
  const { host, origin, 'sec-fetch-site': site } = request.headers
  if (host === undefined || !LOCAL_HOST.test(host))
    return refused('This server answers to 127.0.0.1 and localhost only.')
  const foreign = (origin ?? `http://${host}`) !== `http://${host}`
  if (foreign || (site !== undefined && site !== 'same-origin' && site !== 'none'))
    return refused('Requests from other web pages are not answered. Type the address into a tab of its own.')
  return undefined
}

const refused = (message: string): Answer => ({
  status: 403,
  body: JSON.stringify({ error: { code: 403, message, status: 'PERMISSION_DENIED' } }),
  contentType: 'application/json; charset=UTF-8',
})
