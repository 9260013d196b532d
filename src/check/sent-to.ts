import type { Destination, Sent } from '../plan/plan-types.ts'
import type { PlacedConversion } from './places.ts'

/** What a conversion says under `send`, or what the destination takes of itself: every goal; false where nothing goes there. */
export function sentTo(
  { tier, tagged, data }: Pick<PlacedConversion, 'tier' | 'tagged' | 'data'>,
  to: string,
  { sends }: Pick<Destination, 'sends'>,
): Sent {
  return data.send?.[to] ?? (sends === 'goals' && tier === 'goal' && tagged)
}
