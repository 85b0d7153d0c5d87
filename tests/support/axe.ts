import axe from "axe-core";
import type { Page } from "playwright-core";

/** What keeps people out of a page, as axe tells it; in a page whose own policy lets no script in that is not its own. */
export async function violations(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setBypassCSP", { enabled: true });
  const { result } = await session.send("Runtime.evaluate", {
    expression:
      `${axe.source}; axe.run(document, { resultTypes: ["violations"] }).then((r) => JSON.stringify(r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join("; "))))`,
    awaitPromise: true,
  });
  return JSON.parse(String(result.value));
}
