/**
 * Keeps web pages out. A page on the internet can make a browser send requests to 127.0.0.1: by a name that it has pointed
 * there (DNS rebinding; the Host header shows it) or straight from a form (the Origin header shows it).
 */
import type { IncomingMessage } from 'node:http'
import type { Answer } from './answer.ts'

const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i

export function guard(request: IncomingMessage): Answer | undefined {
  const { host, origin } = request.headers
  if (host === undefined || !LOCAL_HOST.test(host))
    return refused('This server answers to 127.0.0.1 and localhost only.')
  if (origin !== undefined && origin !== `http://${host}`)
    return refused('Requests from web pages are not answered.')
  return undefined
}

const refused = (message: string): Answer => ({
  status: 403,
  body: JSON.stringify({ error: { code: 403, message, status: 'PERMISSION_DENIED' } }),
  contentType: 'application/json; charset=UTF-8',
})
