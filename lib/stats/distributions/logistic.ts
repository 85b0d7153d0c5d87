/** The probability whose log odds are eta; exact at both ends. */
export function logistic(eta: number): number {
  return eta >= 0 ? 1 / (1 + Math.exp(-eta)) : Math.exp(eta) / (1 + Math.exp(eta));
}

/** p (1 - p) at log odds eta, without the cancellation that would make it 0 long before it is. */
export function logisticVariance(eta: number): number {
  const small = Math.exp(-Math.abs(eta));
  return small / (1 + small) ** 2;
}
