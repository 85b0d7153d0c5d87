import { terminalText } from "../model/mod.ts";
/** A MIME bundle: the same thing in several forms; a front end shows the richest that it knows. */
export type MimeBundle = Record<string, unknown>;

/** How an output is sent. With a `displayId`, `update` replaces the output that was sent with the same id. */
export interface DisplayOptions {
  /** Names the output. */
  displayId?: string;
  /** Whether an output of that name is replaced. */
  update?: boolean;
}

/** Sends an output. {@link kernelDisplay} does it in the Deno kernel; tests give their own. */
export type Display = (bundle: MimeBundle, options: DisplayOptions) => Promise<void>;

interface Jupyter {
  broadcast(type: string, content: Record<string, unknown>): Promise<void>;
}

/**
 * The kernel reports a cell as done before its last outputs are through, and clients that stop listening there lose
 * them (measured: most of three displays in a row). So every output is given this long to arrive.
 */
const ARRIVAL_MS = 50;

/**
 * Sends an output to the notebook and waits until it has arrived. Outside a kernel the bundle's plain text goes to the
 * console, so that a notebook's cells also run as a script.
 */
export async function kernelDisplay(bundle: MimeBundle, options: DisplayOptions = {}): Promise<void> {
  const jupyter = jupyterHere();
  if (!jupyter) return console.log(terminalText(String(bundle["text/plain"] ?? "")));
  await jupyter.broadcast(options.update ? "update_display_data" : "display_data", {
    data: bundle,
    metadata: {},
    transient: options.displayId ? { display_id: options.displayId } : {},
  });
  await new Promise((resolve) => setTimeout(resolve, ARRIVAL_MS));
}

/** The kernel's side; null where this is no kernel, and where asking throws for that reason. */
function jupyterHere(): Jupyter | null {
  try {
    return (Deno as unknown as { jupyter?: Jupyter }).jupyter ?? null;
  } catch {
    return null;
  }
}
