"use strict";
// A thread of `certwhy --each`: loads the same pieces as the command, with their code caches, and answers one ticket after the other.
const { load } = require("./certwhy.cjs");

module.exports = load("ticket-worker.cjs").answerInThread;
