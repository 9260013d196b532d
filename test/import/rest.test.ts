/** A whole container in git: what the plan says, and the rest as it is. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts'
import { inNewFolder, plan, type Outcome } from '../scenarios/run-plan.ts'
import { customEvent, dataLayerVariable, entities, eventTag, exportOf, text } from './exports.ts'

inNewFolder()

const CHAT = '<script>window.chat = `${location.host}`; chat.open("{{their coupon}}")</script>'
const harbour = (...more: readonly object[]): string =>
  exportOf({
    folder: [{ folderId: '31', name: 'Third parties' }],
    tag: [
      eventTag('1', 'purchase', ['11'], { name: 'Sale' }),
      {
        tagId: '2',
        name: 'Chat',
        type: 'html',
        notes: 'Asked for by Support.',
        parameter: [text('html', CHAT)],
        firingTriggerId: ['11', '13'],
        setupTag: [{ tagName: 'Loader' }],
        parentFolderId: '31',
      },
      { tagId: '3', name: 'Loader', type: 'html', parameter: [text('html', '<b></b>')] },
      ...more,
    ],
    trigger: [
      customEvent('11', 'purchase'),
      customEvent('12', 'help_wanted'),
      {
        triggerId: '13',
        name: 'Both',
        type: 'TRIGGER_GROUP',
        parameter: [
          {
            type: 'LIST',
            key: 'triggerIds',
            list: [
              { type: 'TRIGGER_REFERENCE', value: '11' },
              { type: 'TRIGGER_REFERENCE', value: '12' },
            ],
          },
        ],
      },
    ],
    variable: [
      dataLayerVariable('21', 'their coupon', 'coupon'),
      dataLayerVariable('22', 'used by nobody', 'nobody'),
    ],
    customTemplate: [{ templateId: '41', name: 'Pixel', templateData: '___INFO___' }],
  })

interface File {
  readonly containerVersion: { readonly [list: string]: { readonly name: string }[] }
}

describe('a container whose rest is taken in as it is', () => {
  let sandbox: Sandbox
  const run = (...argv: readonly string[]): Promise<Outcome> =>
    plan(...argv, 'site/plan.yaml', '-e', 'production', '--sandbox', sandbox.url)
  const rest = (): File => JSON.parse(readFileSync('gtm/rest.json', 'utf8')) as File
  let imported: Outcome
  beforeAll(async () => {
    sandbox = await startSandbox({ seed: JSON.parse(harbour()) as object })
  })
  afterAll(() => sandbox.close())

  test('is in git as a whole, adopted, with an empty diff and nothing left', async () => {
    const wrong = [
      { tagId: '4', name: 'Broken', type: 'html', surprise: true },
      { tagId: '5', name: 'Hanging', type: 'html', firingTriggerId: ['99'] },
    ]
    writeFileSync('export.json', harbour(...wrong))
    imported = await plan(
      ...['import', '--from', 'export.json', '--out', 'site/plan.yaml', '--rest', 'gtm/rest.json'],
    )
    expect(imported).toMatchObject({ exitCode: 0 })
    expect(imported.err).toMatch(/^Into gtm\/rest\.json, as in the export: .*2 tags/m)
    expect((await plan('import', '--from', '.')).err).toContain('. is a folder: name a file.')
    // What is wrong in the container is named, and keeps nothing else out.
    expect(imported.err).toContain('tag "Broken": it is no tag of GTM\'s: surprise is not a field of GTM\'s')
    expect(imported.err).toContain('tag "Hanging": There is no trigger number 99 in this file')
    const { containerVersion } = rest()
    expect(containerVersion['tag']?.map(({ name }) => name)).toEqual(['Chat', 'Loader'])
    const written = readFileSync('site/plan.yaml', 'utf8')
    expect(written).toContain('entities: [../gtm/rest.json]')
    writeFileSync('site/plan.yaml', written.replace('property: TODO', 'property: "345000001"'))
    const adopted = await run('adopt', '--auto-approve')
    expect(adopted, adopted.err).toMatchObject({ exitCode: 0 })
    // What a conversion shares with what is taken in is there once.
    const there = await entities(sandbox.url)
    expect(there['trigger']?.map(({ name }) => name)).toEqual(['CE - purchase', 'CE - help_wanted', 'Both'])
    expect(await run('diff', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })
    const unmanaged = JSON.parse((await run('unmanaged', '--format', 'json')).out) as {
      readonly things: readonly { readonly name: string }[]
    }
    expect(unmanaged.things.map(({ name }) => name)).toEqual([])
    // Again there is nothing to adopt.
    expect((await run('adopt', '--auto-approve')).out).toContain('Nothing to change')

    // It changes, goes and comes like everything else of the plan.
    const text = readFileSync('gtm/rest.json', 'utf8')
    const file = rest()
    const tag = file.containerVersion['tag']?.filter(({ name }) => name !== 'Chat') ?? []
    writeFileSync(
      'gtm/rest.json',
      JSON.stringify({ ...file, containerVersion: { ...file.containerVersion, tag } }),
    )
    const gone = await run('diff')
    expect(gone.out).toContain('taken in as it is')
    expect(gone.out).toMatch(/delete\s.*tag.*Chat/)
    expect(await run('apply', '--auto-approve', '--allow-delete')).toMatchObject({ exitCode: 0 })
    writeFileSync('gtm/rest.json', text.replace('chat.open', 'chat.show'))
    const back = await run('diff', '--verbose')
    expect(back.out).toContain('+ tag "Chat"')
    expect(await run('apply', '--auto-approve')).toMatchObject({ exitCode: 0 })
    expect(await run('diff', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })
    const state = await (await fetch(`${sandbox.url}/_sandbox/state`)).text()
    expect(state).toContain('chat.show')
    expect(state).toContain('Asked for by Support.')

    // It is given back, with its template, whose notes are a part of its text.
    const released = await run('release', '--auto-approve')
    expect(released, released.err).toMatchObject({ exitCode: 0 })
    expect(released.out).toContain('release  the template "Pixel"')
    const left = await entities(sandbox.url)
    expect(left['customTemplate']).toMatchObject([{ name: 'Pixel', templateData: '___INFO___\n' }])
    expect(JSON.stringify(left)).not.toContain('[measurement-plan')
  })

  test('is never written over, and only as JSON', async () => {
    mkdirSync('gtm', { recursive: true })
    writeFileSync('gtm/rest.json', '{}')
    writeFileSync('export.json', harbour())
    const again = (name: string): Promise<Outcome> => plan('import', '--from', 'export.json', '--rest', name)
    expect(await again('gtm/rest.json')).toMatchObject({ exitCode: 1 })
    expect(await again('gtm/rest.yaml')).toMatchObject({ exitCode: 64 })
  })
})
