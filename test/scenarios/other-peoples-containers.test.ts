/** Real containers, exported by GTM, lie beside the project and are not part of it. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startSandbox } from '../../src/sandbox/server.ts'
import { inNewFolder, plan } from './run-plan.ts'

const folder = join(process.cwd(), '../shared/gtm-exports')

interface Export {
  readonly containerVersion: { readonly container: { readonly usageContext: readonly string[] } }
}

function readExport(file: string): Export {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Export
}

const files = existsSync(folder)
  ? readdirSync(folder).filter((file) => file.includes('__') && file.endsWith('.json'))
  : []
const web = files.filter((file) => readExport(file).containerVersion.container.usageContext.includes('WEB'))

type Entity = { readonly [field: string]: unknown }
type Content = { readonly [kind: string]: readonly Entity[] }
interface Container {
  readonly container: { readonly publicId: string; readonly accountId: string; readonly containerId: string }
  readonly latestVersionId: string
  readonly workspaces: readonly { readonly workspaceId: string; readonly content: Content }[]
  readonly versions: readonly { readonly containerVersionId: string; readonly content: Content }[]
}

/** The one container of the sandbox. */
async function readContainer(url: string): Promise<Container> {
  const { gtm } = (await (await fetch(`${url}/_sandbox/state`)).json()) as {
    gtm: { containers: Container[] }[]
  }
  const [found] = gtm.flatMap(({ containers }) => containers)
  if (found === undefined) throw new Error('the sandbox has no container')
  return found
}

/** Some exports hold a selection only, with variables left behind: GTM would not compile them before us either. */
async function doesCompile(url: string, { container, workspaces }: Container): Promise<boolean> {
  const { accountId, containerId } = container
  const workspace = `accounts/${accountId}/containers/${containerId}/workspaces/${workspaces[0]?.workspaceId}`
  const answer = await fetch(`${url}/tagmanager/v2/${workspace}:quick_preview`, {
    method: 'POST',
    headers: { authorization: 'Bearer sandbox' },
  })
  return ((await answer.json()) as { compilerError?: boolean }).compilerError !== true
}

function latest({ versions, latestVersionId }: Container): Content {
  return versions.find(({ containerVersionId }) => containerVersionId === latestVersionId)?.content ?? {}
}

function linesOf(content: Content): string[] {
  return Object.entries(content).flatMap(([kind, entities]) =>
    entities.map((entity) => `${kind} ${JSON.stringify(entity)}`),
  )
}

describe.skipIf(web.length === 0)(
  'a plan in a container full of other people’s tags (the containers lie in ../shared)',
  () => {
    inNewFolder()

    test.each(web)('%s: not one byte of what was there changes', async (file) => {
      const sandbox = await startSandbox({ seed: readExport(file) })
      try {
        const before = await readContainer(sandbox.url)
        const { publicId, accountId } = before.container
        const text = readFileSync('plans/outfitters.yaml', 'utf8')
        // People have made a folder "Shared" or a trigger "CE - purchase" before; a plan names its own things.
        const naming =
          'naming: { tag: "MP tag - {id}", trigger: "MP {kind} - {id}", variable: "MP {kind} - {source}", folder: "MP {title}" }'
        const target = text
          .replace('GTM-STAGE01', publicId)
          .replace('account: "6001"', `account: "${accountId}"`)
        writeFileSync('theirs.yaml', `${target}\n${naming}\n`)
        const applied = await plan(
          'apply',
          'theirs.yaml',
          '--sandbox',
          sandbox.url,
          '--auto-approve',
          '--publish',
        )
        const compiles = await doesCompile(sandbox.url, before)
        expect(applied.exitCode).toBe(compiles ? 0 : 1)
        if (!compiles) expect(applied.out).toContain('compiler-error')
        const after = await readContainer(sandbox.url)

        const now = linesOf(latest(after))
        expect(linesOf(latest(before)).filter((line) => !now.includes(line))).toEqual([])
        const added = new Set(linesOf(latest(before)))
        const unmarked = now.filter(
          (line) =>
            !added.has(line) &&
            !line.startsWith('builtInVariable') &&
            !line.includes('[/measurement-plan outfitters/'),
        )
        expect(unmarked).toEqual([])
        if (compiles) expect(now.length).toBeGreaterThan(added.size)

        for (const version of before.versions) {
          expect(
            after.versions.find(
              ({ containerVersionId }) => containerVersionId === version.containerVersionId,
            ),
          ).toEqual(version)
        }
        expect(
          await plan('diff', 'theirs.yaml', '--sandbox', sandbox.url, '--detailed-exitcode'),
        ).toMatchObject({ exitCode: compiles ? 0 : 2 })
      } finally {
        await sandbox.close()
      }
    })
  },
)
