/**
 * Triggers that every container has are known by numbers that lie above all those that GTM gives out:
 * 2147479553 All Pages, 2147479572 Consent Initialization, 2147479573 Initialization (in real exports).
 */
const GTMS_OWN = 2_147_479_000

/** Whether a reference is the number of a thing that somebody made: no name, and none of GTM's own triggers. */
export function isNumberInFile(id: string): boolean {
  return /^\d+$/.test(id) && Number(id) < GTMS_OWN
}
