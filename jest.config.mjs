/** TypeScript is stripped by swc; `npm test` checks the types with tsc beforehand. */
export default {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "es6" }, sourceMaps: "inline" }],
  },
  // The same chevrotain in one file: a test file loads it in a third of the time that its several hundred modules take.
  moduleNameMapper: { "^chevrotain$": "<rootDir>/node_modules/chevrotain/lib/chevrotain.mjs" },
  collectCoverageFrom: ["src/**/*.ts", "grammars/**/*.ts", "!**/*.d.ts", "!src/cli/main.ts"],
  coverageProvider: "v8",
  // jest leaves one core idle unless told; on two cores that doubles the time.
  maxWorkers: "100%",
  setupFiles: ["<rootDir>/test/support/seed.ts"],
};
