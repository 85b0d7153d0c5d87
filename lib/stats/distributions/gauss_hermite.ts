import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/**
 * Nodes and weights of Gauss-Hermite quadrature for the standard normal density: the sum of weight * f(node) is the mean of
 * f(Z), exact for polynomials up to degree 2 size - 1. Nodes are the eigenvalues of the Jacobi matrix of the Hermite
 * polynomials.
 *
 * @see Golub and Welsch (1969), Mathematics of Computation 23, 221-230
 */
export function gaussHermite(size: number): { node: number; weight: number }[] {
  const jacobi = Matrix.zeros(size, size);
  for (let i = 1; i < size; i++) {
    jacobi.set(i, i - 1, Math.sqrt(i));
    jacobi.set(i - 1, i, Math.sqrt(i));
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(jacobi, { assumeSymmetric: true });
  return realEigenvalues.map((node, e) => ({ node, weight: eigenvectorMatrix.get(0, e) ** 2 }))
    .sort((a, b) => a.node - b.node);
}
