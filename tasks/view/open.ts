/** Opens an address in the browser, where the machine has one; the address was printed, so it does not matter where not. */
export async function openInBrowser(url: string): Promise<void> {
  const commands: Partial<Record<typeof Deno.build.os, string[]>> = {
    darwin: ["open", url],
    windows: ["explorer", url],
    linux: ["xdg-open", url],
  };
  const [program, ...args] = commands[Deno.build.os] ?? [];
  if (program === undefined) return;
  try {
    await new Deno.Command(program, { args, stdout: "null", stderr: "null" }).spawn().status;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable)) throw error;
  }
}
