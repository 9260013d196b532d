/**
 * Every script that we write for a vendor, as GTM holds it: read line by line in golden/, written anew with
 * `npx vitest run test/destinations/scripts.test.ts -u`. ES5, one script, variables outside quotes.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { compile } from '../../src/compile/compile.ts'
import { DESTINATIONS, destinationKinds } from '../../src/destinations/kinds.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import { withoutKeys } from '../../src/resources/key.ts'
import { ourTemplates, planFrom } from '../compile/compile-file.ts'

const SMALLEST = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')
const templates = await ourTemplates()

const scripts = destinationKinds().flatMap((kind) => {
  const { id, says, userData } = DESTINATIONS[kind]
  if (kind === 'ga4' || id === 'none') return []
  const document = parse(SMALLEST) as PlanDocument
  const plan = planFrom(
    stringify({
      ...document,
      site: { hosts: ['shop.example'], singlePageApp: true },
      consent: { mode: 'advanced' },
      eventId: { dataLayer: 'event_id' },
      userData: { shopper: { email: { dataLayer: 'user.email' }, phone: { dataLayer: 'user.phone' } } },
      destinations: {
        there: { kind, id: id.example, ...(userData === 'none' ? {} : { userData: 'shopper' }) },
      },
      goals: {
        purchase: {
          ...document.goals.purchase,
          send: { there: typeof says === 'string' ? true : says.example },
        },
      },
    }),
  )
  const { resources, diagnostics } = compile(plan, templates)
  expect(diagnostics).toEqual([])
  const own = resources.flatMap((each) =>
    each.kind === 'gtm/tag' && typeof each.spec.parameters.html === 'string'
      ? [`${each.name}\n${readable(withoutKeys(each.spec.parameters.html))}`]
      : [],
  )
  return own.length === 0 ? [] : [{ kind, text: `${own.join('\n\n')}\n` }]
})

/** A statement a line, for whoever reads it. */
function readable(html: string): string {
  return html.replaceAll(';', ';\n').replaceAll(/\n(?=\))/g, '')
}

test.each(scripts)('$kind', async ({ kind, text }) => {
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, `golden/${kind}.txt`))
})

test.each(scripts)('$kind: nothing that an old browser could not read, no variable in quotes', ({ text }) => {
  expect(text).not.toMatch(/=>|`|\b(let|const|class|async|await)\s|\.\.\.|document\.write/)
  expect(text).not.toMatch(/["']\{\{[^{}]+\}\}["']/)
})
