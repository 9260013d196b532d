/**
 * Writes docs/sandbox-coverage.md from the sandbox's route table.
 *
 *   npx tsx scripts/sandbox-coverage.ts
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderCoverage } from '../src/sandbox/coverage.ts'

writeFileSync(join(import.meta.dirname, '..', 'docs', 'sandbox-coverage.md'), renderCoverage())
