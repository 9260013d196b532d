/** Made rows of the export, for tests that need no real ones. */

/** Rows as the extract writes them: one session a user, a purchase for some. */
export function exportRows(
  first: string,
  days: number,
  users: number,
  buys = (u: number) => u % 10 === 0,
  marketOf: (u: number) => string | undefined = () => undefined,
): string {
  const lines: string[] = []
  for (let d = 0; d < days; d++) {
    const time = Date.parse(`${first}T08:00:00Z`) + d * 86_400_000
    const date = new Date(time).toISOString().slice(0, 10).replaceAll('-', '')
    for (let u = 0; u < users; u++) {
      const names = [
        'session_start',
        'scroll',
        ...(u % 2 === 0 ? ['view_item'] : []),
        ...(buys(u) ? ['purchase'] : []),
      ]
      for (const [i, name] of names.entries())
        lines.push(
          JSON.stringify({
            event_date: date,
            event_timestamp: String(time * 1000 + u * 1_000_000 + i * 1000),
            event_name: name,
            user_pseudo_id: `u${d}-${u}`,
            event_params: [
              { key: 'ga_session_id', value: { int_value: String(1000 + u) } },
              { key: 'ga_session_number', value: { int_value: '1' } },
              ...(marketOf(u) === undefined ? [] : [{ key: 'market', value: { string_value: marketOf(u) } }]),
              ...(name === 'purchase'
                ? [
                    { key: 'value', value: { double_value: 20 } },
                    { key: 'currency', value: { string_value: 'USD' } },
                  ]
                : []),
            ],
            device: { category: u % 3 === 0 ? 'mobile' : 'desktop' },
            collected_traffic_source: { manual_source: 'newsletter', manual_medium: 'email' },
            ...(name === 'purchase'
              ? { ecommerce: { transaction_id: `t${d}-${u}`, purchase_revenue: 20 } }
              : {}),
            a_column_of_tomorrow: 1,
          }),
        )
    }
  }
  return `${lines.join('\n')}\n`
}
