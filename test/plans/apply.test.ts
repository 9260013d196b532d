/** Every example plan is set up from nothing, in each of its environments, and nothing is left to do afterwards. */
import { expect, test } from 'vitest'
import { inNewFolder, plan } from '../scenarios/run-plan.ts'

inNewFolder()

const FILES = [
  'plans/outfitters.yaml',
  'plans/advisory.yaml',
  'plans/workspace.yaml',
  'plans/overlays/outfitters_sa.yaml',
]

for (const file of FILES) {
  test.each(['staging', 'production'])(`${file} is applied to %s, and then there is nothing to change`, async (environment) => {
    const here = [file, '-e', environment, '--sandbox']

    const before = await plan('diff', ...here, '--detailed-exitcode')
    expect(before).toMatchObject({ exitCode: 2 })

    const applied = await plan('apply', ...here, '--auto-approve')
    expect(applied, applied.err).toMatchObject({ exitCode: 0 })

    const after = await plan('diff', ...here, '--detailed-exitcode')
    expect(after, after.out).toMatchObject({ exitCode: 0 })
  })
}
