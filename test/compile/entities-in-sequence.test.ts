/** Entities as they are: set-up and clean-up tags, days, priority, pictures and Consent Initialization come through unchanged. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { compile } from '../../src/compile/compile.ts'
import { containerFile } from '../../src/compile/export.ts'
import { inDependencyOrder } from '../../src/diff/order.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import { ourTemplates, planFrom } from './compile-file.ts'

const SMALLEST = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')

const CONSENT_INITIALIZATION = '2147479572'
const tag = (tagId: string, name: string, more: object) => ({
  accountId: '9',
  containerId: '9',
  tagId,
  name,
  type: 'html',
  parameter: [
    { type: 'TEMPLATE', key: 'html', value: `<p>${name}</p>` },
    { type: 'BOOLEAN', key: 'supportDocumentWrite', value: 'false' },
  ],
  fingerprint: '1',
  tagFiringOption: 'ONCE_PER_EVENT',
  monitoringMetadata: { type: 'MAP' },
  consentSettings: { consentStatus: 'NOT_SET' },
  ...more,
})
const TAGS = [
  tag('1', 'A - banner', {
    priority: { type: 'INTEGER', value: '10' },
    firingTriggerId: [CONSENT_INITIALIZATION],
    setupTag: [{ tagName: 'Z - before', stopOnSetupFailure: true }],
    teardownTag: [{ tagName: 'Y - after' }],
    scheduleStartMs: '1795896000000',
    scheduleEndMs: '1798574400000',
  }),
  tag('2', 'Y - after', {}),
  tag('3', 'Z - before', {}),
  {
    ...tag('4', 'M - picture', { firingTriggerId: [CONSENT_INITIALIZATION] }),
    type: 'img',
    parameter: [
      { type: 'TEMPLATE', key: 'url', value: 'https://pixel.example/p.gif?page={{Page Path}}' },
      { type: 'BOOLEAN', key: 'useCacheBuster', value: 'true' },
      { type: 'TEMPLATE', key: 'cacheBusterQueryParam', value: 'gtmcb' },
    ],
  },
]

test('what stands before and after a tag is made before it, and all of them come out as they went in', async () => {
  const document = { ...(parse(SMALLEST) as PlanDocument), entities: [{ containerVersion: { tag: TAGS } }] }
  const plan = planFrom(stringify(document))
  const { resources, diagnostics } = compile(plan, await ourTemplates())
  expect(diagnostics).toEqual([])
  const order = inDependencyOrder(resources).map(({ name }) => name)
  const at = (name: string): number => order.indexOf(name)
  expect(at('Z - before')).toBeLessThan(at('A - banner'))
  expect(at('Y - after')).toBeLessThan(at('A - banner'))

  const { containerVersion } = containerFile(plan, resources, new Date(0)) as {
    readonly containerVersion: { readonly tag: readonly Tag[] }
  }
  for (const { accountId, containerId, tagId, fingerprint, ...said } of TAGS) {
    void [accountId, containerId, tagId, fingerprint]
    const made = containerVersion.tag.find(({ name }) => name === said.name)
    expect(made && inOneOrder(made)).toMatchObject(inOneOrder(said))
  }
})

interface Tag {
  readonly name: string
  readonly parameter: readonly { readonly key: string }[]
}

/** Parameters are a set. */
function inOneOrder<T extends Pick<Tag, 'parameter'>>(one: T): T {
  return { ...one, parameter: [...one.parameter].sort((a, b) => (a.key < b.key ? -1 : 1)) }
}
