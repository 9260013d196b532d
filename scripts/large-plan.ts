/** A plan of any size, as YAML, for measuring: five micro conversions a stage, every fourth with a parameter of its own. */
export function largePlan(conversions: number): string {
  const stages = Math.ceil((conversions - 1) / 5)
  const lines = [
    'version: 1',
    'plan: large',
    'title: Large plan',
    'owner: team@large.example',
    'currency: EUR',
    'consent: { mode: advanced }',
    'environments:',
    '  staging:',
    '    gtm: { account: "1", container: GTM-LARGE01 }',
    '    ga4: { property: "1", measurementId: G-LARGE00001 }',
    'goals:',
    '  purchase: { title: Purchase, primary: true, event: purchase, trigger: { dataLayer: purchase }, ecommerce: true, value: 100 }',
    'stages:',
  ]
  for (let stage = 0; stage < stages; stage++) {
    lines.push(`  stage_${stage}:`, `    title: Stage ${stage}`, '    micro:')
    for (let micro = 0; micro < 5; micro++) {
      const id = `action_${stage}_${micro}`
      const source = micro === 3 ? `{ dataLayer: detail.key_${stage} }` : '{ dataLayer: detail.name }'
      lines.push(
        `      ${id}:`,
        `        title: Action ${stage} ${micro}`,
        `        event: ${id}`,
        `        trigger: { dataLayer: ${id}, when: [{ path: { startsWith: /stage-${stage} } }] }`,
        `        parameters: { detail_name: ${source} }`,
        '        feeds: [purchase]',
        '        target: { rate: 5%, of: sessions }',
        '        weight: 0.01',
      )
    }
  }
  return `${lines.join('\n')}\n`
}
