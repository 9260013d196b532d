import { afterAll, beforeEach } from 'vitest'
import { Town } from './storms/town.ts'

/** One town for all tests of the file, as new when each begins. */
export async function ownTown(): Promise<Town> {
  const town = await Town.found()
  afterAll(() => town.close())
  beforeEach(() => town.reset())
  return town
}
