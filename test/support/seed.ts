import fc from "fast-check";

/**
 * Properties are tried from one seed, so that a change and nothing else decides whether the tests pass; `FC_SEED=random` (or a
 * number that a failure printed) tries others, and is worth doing after each change of a grammar.
 */
const given = process.env["FC_SEED"] ?? "20261122";

fc.configureGlobal({ seed: given === "random" ? Date.now() % 2_147_483_647 : Number(given) });
