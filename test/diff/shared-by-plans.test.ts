/** What two plans of one container need once: what loads a vendor, and the note that consent was there. */
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from '../../src/compile/compile.ts'
import { containerFile } from '../../src/compile/export.ts'
import { namesFoughtOver } from '../../src/diff/rivals.ts'
import { containerOf, type SentContainer } from '../../src/live/container.ts'
import { ownerFrom } from '../../src/live/live.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import { fromExportCasing } from '../../src/resources/export-casing.ts'
import { ourTemplates, planFrom } from '../compile/compile-file.ts'

const SMALLEST = parse(
  readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8'),
) as PlanDocument
const templates = await ourTemplates()

test('two plans whose vendors come after a late consent fight over nothing of it', () => {
  const [first, second] = ['first', 'second'].map((id) =>
    planFrom(
      stringify({
        ...SMALLEST,
        plan: id,
        googleTag: 'existing',
        consent: { mode: 'advanced', updateEvent: 'agreed', defaults: { ad_storage: 'denied' } },
        destinations: {
          hotjar: { kind: 'hotjar', id: '1234567' },
          linkedin: { kind: 'linkedin', id: '123456' },
        },
      }),
    ),
  )
  if (first === undefined || second === undefined) throw new Error('no plans')
  const theirs = containerFile(first, compile(first, templates).resources, new Date(0)).containerVersion
  const content = containerOf(fromExportCasing(theirs) as SentContainer, ownerFrom(second))
  const fought = namesFoughtOver(compile(second, templates).resources, 'second', content, () => undefined)
  // Their tags of events are each plan's own.
  expect(
    fought.map(({ message }) => message).filter((message) => !message.includes('"GA4 Event - ')),
  ).toEqual([])
})
