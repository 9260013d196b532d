/** A plan is for web pages: containers for servers, AMP and apps are refused before anything is written. */
import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ownSandbox } from './own-sandbox.ts'
import { inNewFolder, plan } from './run-plan.ts'

const FILE = 'plans/outfitters.yaml'
const KINDS = ['server', 'amp', 'ios', 'android', 'iosSdk5', 'androidSdk5']

const sandbox = ownSandbox()
inNewFolder()

async function ensure(usageContext: string): Promise<void> {
  const answer = await fetch(`${sandbox.url}/_sandbox/ensure`, {
    method: 'POST',
    body: JSON.stringify({ account: '6001', container: 'GTM-STAGE01', usageContext }),
  })
  expect(answer.status).toBe(200)
}

/** The methods that were called and that write. */
async function writes(): Promise<readonly string[]> {
  const { requests } = (await (await fetch(`${sandbox.url}/_sandbox/requests`)).json()) as {
    requests: readonly { readonly method: string; readonly path: string }[]
  }
  return requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`)
}

test.each(KINDS)('a container of the kind %s is refused by diff, apply and adopt', async (kind) => {
  await ensure(kind)
  for (const command of [['diff'], ['apply', '--auto-approve'], ['adopt', '--auto-approve']]) {
    const [name = '', ...options] = command
    const refused = await plan(name, FILE, '--sandbox', sandbox.url, ...options)
    expect(refused).toMatchObject({ exitCode: 1, out: '' })
    expect(refused.err).toMatch(/plans\/outfitters\.yaml:\d+:\d+ error container-is-for-the-web/)
    expect(refused.err).toContain(`GTM-STAGE01 is a container of the kind "${kind}"`)
    // Alone: everything else would be about a container that was not meant.
    expect(refused.err.match(/ (error|warning) [a-z-]+$/gm)).toHaveLength(1)
  }
  expect(await writes()).toEqual([])
})

test.each([['publish'], ['publish', '1'], ['rollback', '1'], ['versions']])(
  '%s %s refuses a container for a server, too',
  async (...command) => {
    await ensure('server')
    const [name = '', ...version] = command
    const named = name === 'versions' ? [FILE] : ['--plan', FILE]
    const refused = await plan(name, ...version, ...named, '--sandbox', sandbox.url)
    expect(refused).toMatchObject({ exitCode: 1, out: '' })
    expect(refused.err).toMatch(/plans\/outfitters\.yaml:\d+:\d+ error container-is-for-the-web/)
    expect(await writes()).toEqual([])
  },
)

test.each(['SERVER', 'AMP', 'ANDROID', 'IOS'])('an export of the kind %s is refused, too', async (kind) => {
  writeFileSync('other.json', exportOf([kind]))
  const refused = await plan('diff', FILE, '--against', 'other.json')
  expect(refused).toMatchObject({ exitCode: 1, out: '' })
  expect(refused.err).toContain('container-is-for-the-web')
  expect(refused.err).toContain(`of the kind "${kind.toLowerCase()}"`)
})

test('an export of a web container is compared, and so is one that does not say what it is for', async () => {
  writeFileSync('web.json', exportOf(['WEB']))
  writeFileSync('silent.json', exportOf())
  for (const file of ['web.json', 'silent.json']) {
    expect(await plan('diff', FILE, '--against', file)).toMatchObject({ exitCode: 0 })
  }
})

function exportOf(usageContext?: readonly string[]): string {
  const ids = { accountId: '6001', containerId: '2' }
  return JSON.stringify({
    exportFormatVersion: 2,
    containerVersion: {
      ...ids,
      containerVersionId: '3',
      container: { ...ids, name: 'Tagging server', publicId: 'GTM-STAGE01', usageContext },
      client: [{ ...ids, clientId: '1', name: 'GA4', type: 'gaaw_client' }],
    },
  })
}
