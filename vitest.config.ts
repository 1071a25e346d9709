import { defineConfig } from 'vitest/config'

const project = (name: string, extra: Record<string, unknown> = {}) => ({
  test: { name, include: [`tests/${name}/**/*.test.ts`, `tests/${name}/**/*.test.tsx`], ...extra },
})

export default defineConfig({
  test: {
    projects: [
      // Modules are loaded once a worker and not once a file, which was half of the time.
      project('unit', { isolate: false }),
      project('property', { testTimeout: 1_800_000, isolate: false }),
      project('integration', { testTimeout: 60_000, hookTimeout: 120_000, maxWorkers: 2, isolate: false }),
      // Mostly waiting: for deadlines, for a driver that is started again.
      project('drivers', { testTimeout: 60_000, hookTimeout: 120_000, maxWorkers: 2 }),
      project('e2e', { testTimeout: 180_000, hookTimeout: 240_000, maxWorkers: 2 }),
      // A machine has one PC/SC service: these start, kill or miss it, so that no other test may run beside them.
      project('card-service', { testTimeout: 180_000, hookTimeout: 240_000, fileParallelism: false }),
      project('desktop', { testTimeout: 120_000, hookTimeout: 240_000, fileParallelism: false }),
      project('long', { testTimeout: 3_600_000, hookTimeout: 600_000, fileParallelism: false }),
    ],
  },
})
