/** What `plan docs --watch` stands on: a page that tells its readers, and folders that tell what was saved. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { servePage } from '../../src/commands/serve-page.ts'
import { watchFolders } from '../../src/commands/watch-folders.ts'

test('a reader is told when the page is another, and why it cannot be drawn', async () => {
  const server = await servePage('<p>one</p>', 0)
  try {
    const stream = (await fetch(`${server.url}events`)).body?.getReader()
    const next = async (): Promise<string> => new TextDecoder().decode((await stream?.read())?.value)
    server.say('line one\nline two')
    expect(await next()).toBe('event: findings\ndata: "line one\\nline two"\n\n')
    server.show('<p>two</p>')
    expect(await next()).toContain('event: page')
    expect(await (await fetch(`${server.url}?owner=a`)).text()).toBe('<p>two</p>')
    expect((await fetch(`${server.url}plans/shop.yaml`)).status).toBe(404)
  } finally {
    await server.close()
  }
})

test('who comes by another name gets nothing', async () => {
  const server = await servePage('<p>one</p>', 0)
  try {
    const status = await new Promise((resolve) => {
      request(server.url, { headers: { host: 'evil.example:80' } }, (answer) =>
        resolve(answer.statusCode),
      ).end()
    })
    expect(status).toBe(403)
    await expect(servePage('', Number(new URL(server.url).port))).rejects.toThrow(
      'Choose another with --port',
    )
  } finally {
    await server.close()
  }
})

test('what editors save by renaming is seen', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plan-watch-'))
  writeFileSync(join(folder, 'shop.yaml'), 'a: 1\n')
  let seen = (): void => undefined
  const watcher = watchFolders([folder], () => Promise.resolve(seen()))
  try {
    const saved = new Promise<void>((resolve) => (seen = resolve))
    writeFileSync(join(folder, 'shop.tmp'), 'a: 2\n')
    renameSync(join(folder, 'shop.tmp'), join(folder, 'shop.yaml'))
    await saved
  } finally {
    watcher.close()
    rmSync(folder, { recursive: true })
  }
})
