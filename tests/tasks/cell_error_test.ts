import { equal } from "node:assert/strict";
import { cellError } from "../../tasks/notebooks/execute.ts";

const TRACEBACK = `Traceback (most recent call last):
  File "nbclient/client.py", line 915, in _check_raise_for_error
nbclient.exceptions.CellExecutionError: An error occurred while executing the following cell:
------------------
const dataset = await loadDataset();
------------------

Error: mine.parquet: no such file
    at loadDataset (resolve.ts:52:35)
Error: mine.parquet: no such file
`;

Deno.test("of a notebook that fails the cell and its error are told, once", () => {
  equal(
    cellError(TRACEBACK),
    `------------------
const dataset = await loadDataset();
------------------

Error: mine.parquet: no such file
    at loadDataset (resolve.ts:52:35)`,
  );
});

Deno.test("what fails otherwise is told by its last lines", () => {
  const lines = Array.from({ length: 50 }, (_, i) => `line ${i}`);
  equal(cellError(`${lines.join("\n")}\n`), lines.slice(-30).join("\n"));
});
