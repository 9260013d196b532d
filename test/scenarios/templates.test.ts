/** Templates of the plan in a container: made before what is made of them, known by their notes, kept up to date, deleted. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ownSandbox } from './own-sandbox.ts'
import { inNewFolder, planAnswering, type Outcome } from './run-plan.ts'

const sandbox = ownSandbox()
inNewFolder()

const SMALLEST = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')
const plan = (...argv: readonly string[]): Promise<Outcome> =>
  planAnswering(undefined, ...argv, 'plans/small.yaml', '--sandbox', sandbox.url)
const states = (lines: string): void => {
  mkdirSync('plans', { recursive: true })
  writeFileSync('plans/small.yaml', `${SMALLEST}\n${lines}\n`)
}

interface Entity {
  readonly name: string
  readonly type: string
  readonly templateData: string
  readonly templateId: string
  readonly containerId: string
}
type Content = { readonly [list in 'tag' | 'customTemplate']?: readonly Entity[] }

interface Container {
  readonly versions: readonly { readonly content: Content }[]
}

async function latest(): Promise<Content> {
  const { gtm } = (await (await fetch(`${sandbox.url}/_sandbox/state`)).json()) as {
    readonly gtm: readonly { readonly containers: readonly Container[] }[]
  }
  return gtm[0]?.containers[0]?.versions.at(-1)?.content ?? {}
}

const CHAT = {
  exportFormatVersion: 2,
  containerVersion: {
    customTemplate: [
      {
        templateId: '7',
        name: 'Chat',
        templateData:
          '___INFO___\n\n{"type":"TAG","id":"cvt_temp_public_id"}\n\n___NOTES___\n\nCreated by Rana.\n',
      },
      // Its author's: it may stand in the file, and is not written.
      {
        templateId: '9',
        name: 'Pixel of the gallery',
        templateData: '___INFO___',
        galleryReference: { host: 'github.com', owner: 'vendor', repository: 'pixel' },
      },
    ],
    tag: [
      {
        tagId: '8',
        name: 'Chat on all pages',
        type: 'cvt_900_7',
        firingTriggerId: ['2147479553'],
        tagFiringOption: 'ONCE_PER_EVENT',
        monitoringMetadata: { type: 'MAP' },
        consentSettings: { consentStatus: 'NOT_SET' },
      },
    ],
  },
}

test('they come and go like everything else', async () => {
  states(
    'consent: { mode: advanced, defaultsTag: true }\nconsentRegions: { EEA: denied, other: granted }\nentities: [chat.json]',
  )
  writeFileSync('plans/chat.json', JSON.stringify(CHAT))
  const apply = await plan('apply', '--auto-approve')
  expect({ exitCode: apply.exitCode, err: apply.err }).toMatchObject({ exitCode: 0 })
  const { tag = [], customTemplate = [] } = await latest()
  expect(customTemplate.map(({ name }) => name).sort()).toEqual(['Chat', 'Consent defaults'])
  const types = new Map(
    customTemplate.map(({ name, containerId, templateId }) => [name, `cvt_${containerId}_${templateId}`]),
  )
  expect(tag.find(({ name }) => name === 'Consent defaults')?.type).toBe(types.get('Consent defaults'))
  expect(tag.find(({ name }) => name === 'Chat on all pages')?.type).toBe(types.get('Chat'))
  // Whose it is stands beside what people wrote, where nothing runs.
  const chat = customTemplate.find(({ name }) => name === 'Chat')?.templateData
  expect(chat).toMatch(
    /___NOTES___\n\nCreated by Rana\.\n\n\[measurement-plan\][^]*\[\/measurement-plan smallest\/as-it-is\.chat#template /,
  )
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(0)

  writeFileSync('plans/chat.json', JSON.stringify(CHAT).replace('TAG', 'MACRO').replace('cvt_900_7', 'html'))
  states('entities: [chat.json]')
  const diff = await plan('diff')
  expect(diff.out).toMatch(/Makes +tags -> variables/)
  expect(diff.out).toContain('delete  tag Consent defaults, template Consent defaults')
})
