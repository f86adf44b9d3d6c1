import { describe, expect, test } from "@jest/globals";
import { PassThrough, Writable } from "node:stream";
import { sinkOf } from "../../src/cli/io.ts";

const brokenPipe = (): NodeJS.ErrnoException => Object.assign(new Error("EPIPE"), { code: "EPIPE" });

describe("standard output that is read slowly", () => {
  test("is waited for, and each wait leaves nothing behind", async () => {
    const stream = new PassThrough({ highWaterMark: 8 });
    const sink = sinkOf(stream);
    const listeners = () => ["drain", "close", "error"].map((event) => stream.listenerCount(event));
    const before = listeners();
    let read = "";
    for (let time = 0; time < 20; time++) {
      sink.write("0123456789");
      let isDrained = false;
      const drained = sink.drained().then((isOpen) => { isDrained = isOpen; });
      await new Promise((resolve) => { setImmediate(resolve); });
      expect(isDrained).toBe(false);
      read += String(stream.read());
      await drained;
      expect(isDrained).toBe(true);
    }
    expect(read).toBe("0123456789".repeat(20));
    expect(listeners()).toEqual(before);
  });
  test("whose reader goes away while it is waited for is closed, without a fault", async () => {
    const stream = new Writable({ highWaterMark: 8, write: (_chunk, _encoding, done) => { setImmediate(() => done(brokenPipe())); } });
    const sink = sinkOf(stream);
    sink.write("0123456789");
    expect(await sink.drained()).toBe(false);
    sink.write("nobody gets this");
    expect(await sink.drained()).toBe(false);
  });
});
