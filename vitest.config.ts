import { defineConfig } from 'vitest/config'
import { validatorsForVite } from './scripts/validators.ts'

export default defineConfig({
  plugins: [validatorsForVite],
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // By default one core is left idle: on a machine with two, half of it.
    maxWorkers: '100%',
    // Colour is a decision of cli.ts; tests see plain text.
    env: { NO_COLOR: '1', TZ: 'UTC' },
  },
})
