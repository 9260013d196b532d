import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    // Colour is a decision of cli.ts; tests see plain text.
    env: { NO_COLOR: '1', TZ: 'UTC' },
  },
})
