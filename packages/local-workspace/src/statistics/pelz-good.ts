/**
 * P(D_n <= d) by the approximation of Pelz and Good (1976), in the form for small arguments obtained with Jacobi's
 * theta functions; for n above 140 its error is below 1e-5 and falls with n. The terms follow SciPy's evaluation.
 */
export function pelzGoodCdf(d: number, n: number): number {
  const z = Math.sqrt(n) * d;
  const exponent = -(Math.PI ** 2) / 8 / z ** 2;
  if (exponent < -708) return 0;
  const terms = Math.ceil((16 * z) / Math.PI);
  const odd = oddSums(z, Math.exp(exponent), terms);
  const even = evenSums(z, terms);
  return odd[0] + odd[1] / Math.sqrt(n) + (odd[2] + even[0]) / n + (odd[3] + even[1]) / n ** 1.5;
}

function oddSums(z: number, q: number, terms: number): readonly [number, number, number, number] {
  const [z2, z4, z6, z8] = [z ** 2, z ** 4, z ** 6, z ** 8];
  const [p2, p4, p6] = [Math.PI ** 2, Math.PI ** 4, Math.PI ** 6];
  const sums: [number, number, number, number] = [0, 0, 0, 0];
  for (let k = terms; k > 0; k -= 1) {
    const m2 = (2 * k - 1) ** 2;
    const weight = q ** (8 * k);
    const second = (((2 * z4 - 5 * z2) * p2) / 4) * m2 + ((p4 * (1 - 2 * z2)) / 16) * m2 ** 2;
    const third =
      ((p2 * (135 * z4 - 96 * z6)) / 4) * m2 +
      ((p4 * (-60 * z2 + 212 * z4)) / 16) * m2 ** 2 +
      ((p6 * (5 - 30 * z2)) / 64) * m2 ** 3;
    sums[0] = sums[0] * weight + 1;
    sums[1] = sums[1] * weight - z2 + (p2 / 4) * m2;
    sums[2] = sums[2] * weight + 6 * z6 + 2 * z4 + second;
    sums[3] = sums[3] * weight - 30 * z6 - 90 * z8 + third;
  }
  const factor = q * Math.sqrt(2 * Math.PI);
  return [
    (sums[0] * factor) / z,
    (sums[1] * factor) / (6 * z4),
    (sums[2] * factor) / (72 * z ** 7),
    (sums[3] * factor) / (6480 * z ** 10),
  ];
}

function evenSums(z: number, terms: number): readonly [number, number] {
  const q = Math.exp(-(Math.PI ** 2) / 2 / z ** 2);
  let second = 0;
  let third = 0;
  for (let k = terms; k > 0; k -= 1) {
    const weight = k ** 2 * q ** (k ** 2);
    second += weight;
    third += (3 * z ** 2 - (Math.PI * k) ** 2) * weight;
  }
  const factor = Math.PI ** 2 * Math.sqrt(2 * Math.PI);
  return [(second * factor) / (-36 * z ** 3), (third * factor) / (216 * z ** 6)];
}
