import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compactFacts, type SharedApi } from '../../scripts/sandbox-facts-compact.ts'
import { renderCoverage } from '../../src/sandbox/coverage.ts'
import { ABSENT, apiFacts } from './shared-files.ts'

const root = join(import.meta.dirname, '..', '..')

test('docs/sandbox-coverage.md is what the route table gives (else: npx tsx scripts/sandbox-coverage.ts)', () => {
  expect(readFileSync(join(root, 'docs/sandbox-coverage.md'), 'utf8')).toBe(renderCoverage())
})

const title = 'the facts are those of the API descriptions (else: npx tsx scripts/sandbox-facts.ts)'
test.skipIf(apiFacts === undefined)(apiFacts === undefined ? `${title}, ${ABSENT}` : title, () => {
  for (const name of ['tagmanager-v2', 'analyticsadmin-v1beta', 'analyticsadmin-v1alpha']) {
    const source = JSON.parse(readFileSync(join(apiFacts ?? '', `${name}.json`), 'utf8')) as SharedApi
    const committed: unknown = JSON.parse(readFileSync(join(root, `src/sandbox/facts/${name}.json`), 'utf8'))
    expect(committed, name).toEqual(compactFacts(source))
  }
})
