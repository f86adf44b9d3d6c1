/** TypeScript is stripped by swc; `npm test` checks the types with tsc beforehand. */
export default {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "es6" }, sourceMaps: "inline" }],
  },
  collectCoverageFrom: ["src/**/*.ts", "grammars/**/*.ts", "!**/*.d.ts", "!src/cli/main.ts"],
  coverageProvider: "v8",
};
