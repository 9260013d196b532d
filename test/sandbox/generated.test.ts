import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compactFacts, type SharedApi } from '../../scripts/sandbox-facts-compact.ts'
import { CHOICES, defaultBehaviour } from '../../src/sandbox/behaviour.ts'
import { CONTROL_NAMES } from '../../src/sandbox/control.ts'
import { renderCoverage } from '../../src/sandbox/coverage.ts'
import { ABSENT, apiFacts } from './shared-files.ts'

const root = join(import.meta.dirname, '..', '..')

test('docs/sandbox-coverage.md is what the route table gives (else: npx tsx scripts/sandbox-coverage.ts)', () => {
  expect(readFileSync(join(root, 'docs/sandbox-coverage.md'), 'utf8')).toBe(renderCoverage())
})

const title = 'the facts are those of the API descriptions (else: npx tsx scripts/sandbox-facts.ts)'
test.skipIf(apiFacts === undefined)(apiFacts === undefined ? `${title}, ${ABSENT}` : title, () => {
  for (const name of [
    'tagmanager-v2',
    'analyticsadmin-v1beta',
    'analyticsadmin-v1alpha',
    'analyticsdata-v1beta',
  ]) {
    const source = JSON.parse(readFileSync(join(apiFacts ?? '', `${name}.json`), 'utf8')) as SharedApi
    const committed: unknown = JSON.parse(readFileSync(join(root, `src/sandbox/facts/${name}.json`), 'utf8'))
    expect(committed, name).toEqual(compactFacts(source))
  }
})

test('docs/sandbox.md tells every switch with its values, the default first, and every control', () => {
  const page = readFileSync(join(root, 'docs/sandbox.md'), 'utf8').replaceAll(/ +/g, ' ')
  const defaults = defaultBehaviour()
  const missing = Object.entries(defaults).filter(
    ([name, value]) => !page.includes(`| \`${name}\` | \`${String(value)}\``),
  )
  expect(missing).toEqual([])
  for (const [name, values] of Object.entries(CHOICES)) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? ''
    expect(row, name).toContain(values.map((value) => `\`${String(value)}\``).join(', '))
  }
  for (const control of CONTROL_NAMES) {
    const [method, path = ''] = control.split(' /_sandbox')
    if (path !== '') expect(page, control).toContain(`\`${method} ${path.slice(1)}\``)
  }
})
