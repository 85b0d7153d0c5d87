import { type Browser, chromium as playwright } from "playwright-core";
import { needs } from "./needs.ts";

/** Where a Chromium may be; CHROMIUM says where another one is. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

function chromium(): string | null {
  for (const path of [Deno.env.get("CHROMIUM") ?? "", ...PLACES]) {
    try {
      if (path && Deno.statSync(path).isFile) return path;
    } catch {
      // Not there.
    }
  }
  return null;
}

/** Starts Chromium. @throws {Error} where none is here */
export async function launchChromium(): Promise<Browser> {
  const here = chromium();
  if (here === null) throw new Error("no Chromium is here; apt-get install chromium");
  // Chromium refuses its sandbox to root; the pages are ours.
  return await playwright.launch({ executablePath: here, args: ["--no-sandbox", "--disable-gpu"] });
}

/** What a page did by itself. */
export interface Conduct {
  /** Dialogs it opened, errors it threw, words it said on the console. */
  ran: string[];
  /** What it asked for, itself aside. */
  loaded: string[];
  /** Where it went. */
  navigated: string[];
}

/** Opens a page of the disk, waits until it rests, presses nothing, and says what it did. */
export type Open = (path: string) => Promise<Conduct>;

/** A test with a browser; ignored under a name that says so where there is none. */
export function inBrowser(name: string, test: (open: Open, browser: Browser) => Promise<void>): void {
  const here = Deno.permissions.querySync({ name: "run" }).state === "granted" ? chromium() : null;
  if (here === null) {
    Deno.test({ name: `${name} (skipped: no Chromium is here; apt-get install chromium)`, ignore: true, fn: () => {} });
    return;
  }
  needs(["read", "write", "run", "net", "env", "sys"], name, async () => {
    const browser = await launchChromium();
    try {
      await test((path) => conductOf(browser, path), browser);
    } finally {
      await browser.close();
    }
  });
}

async function conductOf(browser: Browser, path: string): Promise<Conduct> {
  const page = await browser.newPage();
  const url = `file://${path}`;
  const conduct: Conduct = { ran: [], loaded: [], navigated: [] };
  try {
    page.on("dialog", (dialog) => {
      conduct.ran.push(`${dialog.type()}: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("console", (message) => void conduct.ran.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => void conduct.ran.push(`error: ${error}`));
    page.on("popup", () => void conduct.navigated.push("a window of its own"));
    await page.route("**/*", async (route) => {
      const asked = route.request().url();
      if (asked === url || asked.startsWith("data:")) return await route.continue();
      (route.request().isNavigationRequest() ? conduct.navigated : conduct.loaded).push(asked);
      await route.abort();
    });
    await page.goto(url, { waitUntil: "load", timeout: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 400));
    if (page.url() !== url) conduct.navigated.push(page.url());
    return conduct;
  } finally {
    await page.close();
  }
}
