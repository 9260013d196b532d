/** What is published runs around the plan, so that a stranger's tag that sends the same event shows. */
import { expect, test } from 'vitest'
import { startSandbox } from '../../src/sandbox/server.ts'
import type { ProofReport } from '../../src/proof/report.ts'
import { inNewFolder, plan } from '../scenarios/run-plan.ts'

inNewFolder()

test('a tag of somebody else that is live and sends the same event is double counting', async () => {
  const staging = ['plans/outfitters.yaml', '-e', 'staging'] as const
  const seed = JSON.parse((await plan('compile', ...staging, '--format', 'gtm')).out) as {
    containerVersion: { tag: { notes?: string; name: string }[]; trigger: { notes?: string }[] }
  }
  // As it was before there was a plan: nothing says whose it is.
  for (const entity of [...seed.containerVersion.tag, ...seed.containerVersion.trigger]) delete entity.notes
  for (const tag of seed.containerVersion.tag) tag.name = `Old ${tag.name}`
  const sandbox = await startSandbox({ seed })
  try {
    const argv = ['--level', 'logic', '--around', 'live', '--sandbox', sandbox.url, '--format', 'json']
    const { out, err } = await plan('test', ...staging, '--only', 'club_joined', ...argv)
    expect(err).toBe('')
    const proof = JSON.parse(out) as ProofReport
    expect(proof).toMatchObject({ around: 'live', outcome: 'refuted' })
    expect(proof.conversions[0]?.results[0]?.because.join(' ')).toContain(
      'sign_up is counted twice: the tag “Old GA4 Event - sign_up”',
    )
  } finally {
    await sandbox.close()
  }
})
