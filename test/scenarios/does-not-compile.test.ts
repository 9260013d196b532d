/** A container that GTM could not compile before us: said before anything is written, and in the end what stands where. */
import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startSandbox } from '../../src/sandbox/server.ts'
import { inNewFolder, plan } from './run-plan.ts'
import { IDS, theirContainer } from './their-container.ts'

inNewFolder()

const FILE = 'plans/outfitters.yaml'
const HALF = theirContainer({
  tag: [
    {
      ...IDS,
      tagId: '7',
      name: 'Chat',
      type: 'html',
      parameter: [{ type: 'TEMPLATE', key: 'html', value: '<b>{{Order ID}}</b>' }],
    },
  ],
})

test('it is said by diff, and a refused apply says what lies in the draft and what to do first', async () => {
  const sandbox = await startSandbox({ seed: HALF })
  try {
    const finding =
      'In the container, the tag "Chat" refers to the variable {{Order ID}}, which is not there: GTM will make no version of it.'
    const shown = await plan('diff', FILE, '--sandbox', sandbox.url)
    expect(shown.exitCode).toBe(0)
    expect(shown.err).toContain('warning container-does-not-compile')
    expect(shown.err).toContain(finding)

    const applied = await plan('apply', FILE, '--sandbox', sandbox.url, '--auto-approve')
    expect(applied.exitCode).toBe(1)
    expect(applied.err).toContain(finding)
    const report = applied.out.slice(applied.out.indexOf('error compiler-error'))
    // How many changes the example makes is not the point here.
    const words = report.replaceAll(/\d+ requests? .*/g, '').replaceAll(/\d+ changes/g, '… changes')
    expect(words).toMatchInlineSnapshot(`
      "error compiler-error: GTM cannot compile the container, so nothing was put into effect: the tag "Chat" refers to the variable {{Order ID}}, which is not there.
      fix: create the variable {{Order ID}} in GTM, or take it out of what refers to it

        in draft   … changes
        not tried  … changes
      What was written lies in the workspace "measurement-plan outfitters"; nothing of it is live.
      Running the same command again ends in the same way until that is put right.

      "
    `)
  } finally {
    await sandbox.close()
  }
})

test('so is an export of a selection', async () => {
  writeFileSync('selection.json', JSON.stringify(HALF))
  const { err } = await plan('diff', FILE, '--against', 'selection.json')
  expect(err).toContain('warning container-does-not-compile')
  expect(err).toContain('if this is an export, export the whole container and not a selection')
})
