/**
 * All of Google that a command speaks to, behind a proxy as companies have them: the servers that give out tokens, and
 * the APIs, which a sandbox answers. What the bundle carries of Google's library is met here as it is at Google, TLS
 * included.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandbox } from '../../src/sandbox/server.ts'

export interface Asked {
  /** `oauth2.googleapis.com/token` */
  readonly at: string
  readonly body: string
}

export interface Google extends AsyncDisposable {
  /** What makes a process go through the proxy and trust the certificate. */
  readonly env: Readonly<Record<string, string>>
  /** Every request for a token. */
  readonly tokens: readonly Asked[]
  /** The Authorization header of every request to an API. */
  readonly authorizations: readonly string[]
  /** Tells the sandbox which containers and properties there are. */
  readonly ensure: (body: object) => Promise<void>
  /** The proxy's own address, which also stands in for the machine's metadata server: `127.0.0.1:1234`. */
  readonly host: string
}

const TOKEN = JSON.stringify({
  access_token: 'ya29.given',
  expires_in: 3600,
  token_type: 'Bearer',
  issued_token_type: 'x',
})
const IMPERSONATED = JSON.stringify({ accessToken: 'ya29.acting', expireTime: '2099-01-01T00:00:00Z' })

export async function startGoogle(): Promise<Google> {
  const folder = mkdtempSync(join(tmpdir(), 'plan-google-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const names = ['tagmanager', 'analyticsadmin', 'oauth2', 'sts', 'iamcredentials'].map(
    (name) => `DNS:${name}.googleapis.com`,
  )
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=googleapis.com'].concat(
      '-keyout',
      key,
      '-out',
      cert,
      '-addext',
      `subjectAltName=${names.join(',')}`,
    ),
    { stdio: 'ignore' },
  )
  const sandbox = await startSandbox({})
  const tokens: Asked[] = []
  const authorizations: string[] = []

  const answer = (incoming: IncomingMessage, response: ServerResponse): void => {
    const host = incoming.headers.host ?? ''
    const path = incoming.url ?? ''
    if (/^(tagmanager|analyticsadmin)/.test(host)) {
      authorizations.push(incoming.headers.authorization ?? '')
      const headers = { ...incoming.headers, host: new URL(sandbox.url).host }
      const forwarded = request(
        new URL(path, sandbox.url),
        { method: incoming.method, headers },
        (answered) => {
          response.writeHead(answered.statusCode ?? 500, answered.headers)
          answered.pipe(response)
        },
      )
      incoming.pipe(forwarded)
      return
    }
    let body = ''
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()))
    incoming.on('end', () => {
      tokens.push({ at: `${host}${path.split('?')[0] ?? ''}`, body })
      response.writeHead(200, { 'content-type': 'application/json', 'metadata-flavor': 'Google' })
      response.end(path.includes(':generateAccessToken') ? IMPERSONATED : TOKEN)
    })
  }

  const tls = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, answer)
  const proxy = createServer(answer)
  proxy.on('connect', (_incoming, socket, head: Buffer) => {
    const through = connect(portOf(tls), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      through.write(head)
      through.pipe(socket)
      socket.pipe(through)
    })
    for (const end of [through, socket]) end.on('error', () => undefined)
  })
  await Promise.all([listening(tls), listening(proxy)])
  const host = `127.0.0.1:${portOf(proxy)}`
  return {
    env: { HTTPS_PROXY: `http://${host}`, NO_PROXY: '127.0.0.1', NODE_EXTRA_CA_CERTS: cert },
    tokens,
    authorizations,
    ensure: async (body) => {
      const headers = { 'content-type': 'application/json' }
      const url = new URL('/_sandbox/ensure', sandbox.url)
      await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    },
    host,
    [Symbol.asyncDispose]: async () => {
      for (const server of [tls, proxy]) {
        server.closeAllConnections()
        server.close()
      }
      await sandbox.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
