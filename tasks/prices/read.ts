export { loadPrices as readPrices } from "../../lib/engines/mod.ts";
