import type { Area } from "./place_labels.ts";

/** Size of a scatter plot, and the radius of its largest dot. */
export interface PlaneSize {
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  /** Pixels. */
  largest: number;
  /** Pixels above the plot in which names of its topmost dots may stand; none unless given. */
  above?: number;
}

/** Options of a plot whose marks fill an area of it. */
export function planeOptions({ width, height }: PlaneSize, area: Area) {
  return {
    width,
    height,
    marginLeft: area.left,
    marginRight: width - area.right,
    marginTop: area.top,
    marginBottom: height - area.bottom,
  };
}
