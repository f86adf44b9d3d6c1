import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Where Debian and others put it; CHROMIUM names another place. */
const places = [process.env["CHROMIUM"] ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The installed Chromium, or null; nothing is downloaded. With CERTWHY_NEEDS_CHROMIUM set, as on CI, its absence is an error. */
export function findChromium(): string | null {
  const found = places.find((place) => place !== "" && existsSync(place)) ?? null;
  if (found === null && (process.env["CERTWHY_NEEDS_CHROMIUM"] ?? "") !== "") throw new Error("CERTWHY_NEEDS_CHROMIUM is set, but there is no Chromium");
  return found;
}

// Chromium refuses its sandbox to root; the other switches keep it from calling home.
const switches = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export function startChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: switches });
}
