/** A file of HTML stands in the place of its name: as it is, and what is wrong in it is found at its own line. */
import { expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkPlan } from '../../src/check/check.ts'
import { RULES } from '../../src/check/rules/index.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import { readPlanWith } from '../../src/plan/read.ts'
import { resolveVariables } from '../../src/plan/variables.ts'

const SMALLEST = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')
const HTML =
  '<p id="chat">document.write( is only told here: "{{Page Path}}"</p>\r\n<script>\n  var a = `${open}`\n  hj("event", "chat")\n</script>\n'

async function parsed(html: string | undefined) {
  const plan = `${SMALLEST}\ndestinations:\n  chat: { kind: html, html: ./tags/chat.html, trigger: { page: viewed } }\n`
  return parsePlan(
    await readPlanWith('plans/plan.yaml', (path) =>
      Promise.resolve(
        path === 'plans/plan.yaml'
          ? { text: plan }
          : path === 'plans/tags/chat.html' && html !== undefined
            ? { text: html }
            : { problem: { code: 'missing-file', message: `no ${path}`, fix: 'write it' } },
      ),
    ),
  )
}

test('a finding is at the line of the file', async () => {
  const plan = await parsed(HTML)
  const { diagnostics } = checkPlan(plan, { today: '2026-11-24', profile: 'recommended' })
  expect(
    diagnostics
      .filter(({ at }) => at?.startsWith('/destinations/chat'))
      .map(({ code, at }) => [code, plan.locate(at ?? '')?.file, plan.locate(at ?? '')?.line]),
  ).toEqual([['html-asks-before-it-calls', 'plans/tags/chat.html', 4]])
})

test('a comment ends where it says so, whatever it holds', async () => {
  const lines = [
    "/* don't */ fbq('track', 'A')",
    "/* https://example.com */ hj('event', 'b')",
    "/* it's https://example.com",
    "*/ twq('event', 'c')",
    '/* open </script><script>',
    "clarity('event', 'd')",
  ]
  const plan = await parsed(`<script>\n${lines.join('\n')}\n</script>\n`)
  const rules = RULES.filter(({ code }) => code === 'html-asks-before-it-calls')
  const { diagnostics } = checkPlan(plan, { today: '2026-11-24', rules })
  expect(diagnostics.map(({ at }) => plan.locate(at ?? '')?.line)).toEqual([2, 3, 5, 7])
})

test('what looks like a variable of the plan is JavaScript there', async () => {
  const { document, diagnostics } = resolveVariables((await parsed(HTML)).document, 'staging', {})
  expect(diagnostics).toEqual([])
  expect(document).toMatchObject({ destinations: { chat: { html: HTML.replace('\r', '').split('\n') } } })
})

test('a file that is not there is said, at its name', async () => {
  const { diagnostics } = await parsed(undefined)
  expect(diagnostics.map(({ code, location }) => [code, location?.file])).toEqual([
    ['missing-file', 'plans/plan.yaml'],
  ])
})

test('what its places are called is its own: GA4 hears of none of them', async () => {
  const plan = parsePlan(
    await readPlanWith('plan.yaml', () =>
      Promise.resolve({
        text: `${SMALLEST}
parameters: { size: { values: [s, m], description: The size, register: event } }
sharedParameters: { size: { dataLayer: size } }
destinations:
  chat:
    kind: html
    trigger: { page: viewed }
    html: '<script>window.chat = [{{orderId}}, {{size}}]</script>'
    with: { orderId: { dataLayer: order.id }, size: large }
`,
      }),
    ),
  )
  const rules = RULES.filter(({ code }) =>
    ['names-are-lower-case', 'values-are-in-the-dictionary'].includes(code),
  )
  expect(checkPlan(plan, { today: '2026-11-24', rules }).diagnostics).toEqual([])
})
