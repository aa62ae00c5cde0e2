const common = {
  testEnvironment: 'node',
  // Its package offers this file only under the condition `node`, which Jest's resolver doesn't set.
  moduleNameMapper: { '^unicorn-magic$': '<rootDir>/node_modules/unicorn-magic/node.js' },
  // swc only strips the types: `npm run types` checks them, once, for everything.
  transform: { '^.+\\.m?[jt]s$': '@swc/jest' },
  // Some dependencies (execa, listr2, jose) are ES modules, which Jest's own module loader can't require.
  transformIgnorePatterns: [
    '/node_modules/(?!(execa|listr2|jose|p-limit|yocto-queue|.*@sindresorhus|is-plain-obj|figures|get-stream|human-signals|is-stream|is-unicode-supported|npm-run-path|path-key|parse-ms|pretty-ms|strip-final-newline|unicorn-magic|yoctocolors|@sec-ant)/)',
  ],
};

module.exports = {
  testSequencer: './test/integration/sequencer.cjs',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/{lib,stacks,cli,toolchain}/**/*.test.ts'],
    },
    { ...common, displayName: 'contract', testMatch: ['<rootDir>/test/contract/**/*.test.ts'] },
    { ...common, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.test.ts'] },
  ],
};
