import { expect, test } from 'vitest'
import { resolveVariables } from '../../src/plan/variables.ts'

const plan = {
  env: ['HOST', 'AVERAGE', 'GITHUB_TOKEN'],
  vars: { SHOP: 'harbour' },
  environments: { production: { vars: { SHOP: 'harbour live' } }, staging: {} },
  title: '${SHOP} at ${HOST:-www.harbour.example}',
  goals: { purchase: { value: '${AVERAGE:-180}' } },
}

test('a default stands in for what has no value, or an empty one, and is of the type that its place asks for', () => {
  const without = resolveVariables(plan, 'production', {})
  expect(without.diagnostics).toEqual([])
  expect(without.document).toMatchObject({
    title: 'harbour live at www.harbour.example',
    goals: { purchase: { value: 180 } },
  })
  expect(resolveVariables(plan, 'staging', { HOST: '' }).document).toMatchObject({
    title: 'harbour at www.harbour.example',
  })
  expect(resolveVariables(plan, 'staging', { HOST: 'b.example', AVERAGE: '90' }).document).toMatchObject({
    title: 'harbour at b.example',
    goals: { purchase: { value: 90 } },
  })
})

test('the process gives only what the plan lists, and no credential even then', () => {
  const env = { NAME: 'not listed', GITHUB_TOKEN: 'ghs_0123456789' }
  const resolved = resolveVariables({ ...plan, title: '${NAME} ${GITHUB_TOKEN}' }, 'production', env)
  expect(resolved.document).toMatchObject({ title: '${NAME} ${GITHUB_TOKEN}' })
  expect([...resolved.taken]).toEqual([])
  expect(resolved.diagnostics.map(({ code, at }) => [code, at])).toEqual([['undefined-variable', '/title']])
})

test.each([
  'GITHUB_TOKEN',
  'ACTIONS_RUNTIME_URL',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'SHOP_SECRET',
  'DB_PASSWORD',
])('%s is the name of a credential', (name) => {
  const { diagnostics } = resolveVariables({ title: `\${${name}}` }, 'production', { [name]: 'x' })
  expect(diagnostics).toMatchObject([{ code: 'credentials-are-not-used', at: '/title' }])
})
