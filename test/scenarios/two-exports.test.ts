/** `plan diff --against A.json B.json`: two exported containers, without a plan. */
import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { inNewFolder, plan } from './run-plan.ts'

const isValid = new Ajv2020().compile(
  JSON.parse(readFileSync('schemas/container-differences.schema.json', 'utf8')) as object,
)
inNewFolder()

async function twoExports(): Promise<void> {
  await plan('compile', 'plans/outfitters.yaml', '-e', 'staging', '--format', 'gtm', '--out', 'a.json')
  writeFileSync('b.json', readFileSync('a.json', 'utf8').replaceAll('"begin_checkout"', '"cash_desk"'))
}

test('two exports are compared without a plan, as text, Markdown and JSON', async () => {
  await twoExports()
  const same = await plan('diff', '--against', 'a.json', 'a.json', '--detailed-exitcode')
  expect(same).toMatchObject({
    exitCode: 0,
    out: 'a.json (GTM-STAGE01) and a.json (GTM-STAGE01) say the same.\n',
  })
  const text = await plan('diff', '--against', 'a.json', 'b.json', '--detailed-exitcode')
  expect(text.exitCode).toBe(2)
  expect(text.out).toMatch(
    /^~ trigger "CE - checkout_started"\n {4}customEventFilter\[0\]\.arg1: begin_checkout -> cash_desk$/m,
  )
  expect(text.out).toMatch(/0 only in b\.json, 0 only in a\.json, \d+ in both and different\.\n$/)
  const markdown = await plan('diff', '--against', 'a.json', 'b.json', '--format', 'markdown')
  expect(markdown.out).toBe(`\`\`\`diff\n${text.out}\`\`\`\n`)
  const json = await plan('diff', '--against', 'a.json', 'b.json', '--format', 'json')
  expect(isValid(JSON.parse(json.out)), JSON.stringify(isValid.errors)).toBe(true)
})

test('what belongs to a plan is refused, and so is a file that is no export', async () => {
  await twoExports()
  expect(await plan('diff', '--against', 'a.json', 'b.json', '-e', 'staging')).toMatchObject({
    exitCode: 64,
    err: expect.stringContaining('leave out --environment') as string,
  })
  writeFileSync('c.json', '{}')
  const broken = await plan('diff', '--against', 'a.json', 'c.json')
  expect(broken.exitCode).toBe(1)
  expect(broken.err).toMatch(/export-is-readable.*c\.json/)
})
