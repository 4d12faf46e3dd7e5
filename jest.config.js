const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  injectGlobals: false,
  clearMocks: true,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  setupFilesAfterEnv: ['<rootDir>/jest.setup.js'],
};

export default {
  randomize: true,
  maxWorkers: 2,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      roots: ['<rootDir>/packages'],
      testMatch: ['**/test/**/*.test.ts'],
      testEnvironmentOptions: { customExportConditions: ['dpo-source', 'node', 'node-addons'] },
    },
    {
      ...shared,
      displayName: 'e2e',
      roots: ['<rootDir>/e2e'],
      testMatch: ['**/*.test.ts'],
      globalSetup: '<rootDir>/e2e/support/refuse-stale-bundle.js',
    },
  ],
};
