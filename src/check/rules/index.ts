/** Every rule, family by family. A test keeps the list complete. */
import type { Rule } from '../rule.ts'

export const RULES: readonly Rule[] = []
