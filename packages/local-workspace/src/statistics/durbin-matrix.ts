/** Powers are kept in range by factors of 2^128, counted apart. */
const scaleBits = 128;
const scale = 2 ** scaleBits;

interface ScaledMatrix {
  readonly values: Float64Array;
  readonly exponent: number;
}

/**
 * P(D_n <= d) by Durbin's matrix with the scaling of Marsaglia, Tsang and Wang (2003). Time grows with
 * (n d)^3 log n, so it is for small n d; needs n d > 0.5 and d < 1.
 */
export function durbinMatrixCdf(d: number, n: number): number {
  const k = Math.ceil(n * d);
  const size = 2 * k - 1;
  const power = matrixPower({ values: durbinMatrix(k, k - n * d), exponent: 0 }, n, size);
  let probability = power.values[(k - 1) * size + k - 1] ?? 0;
  let exponent = power.exponent;
  for (let i = 1; i <= n; i += 1) {
    probability = (i * probability) / n;
    if (Math.abs(probability) < 1 / scale) {
      probability *= scale;
      exponent -= scaleBits;
    }
  }
  return probability * 2 ** exponent;
}

function durbinMatrix(k: number, h: number): Float64Array {
  const size = 2 * k - 1;
  const inverseFactorials: number[] = [];
  const edge: number[] = [];
  let factor = 1;
  for (let j = 1; j <= size; j += 1) {
    inverseFactorials.push(factor);
    factor /= j;
    edge.push((1 - h ** j) * factor);
  }
  edge[size - 1] = (1 + Math.max(2 * h - 1, 0) ** size - 2 * h ** size) * factor;
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 1; column <= Math.min(row + 1, size - 1); column += 1) {
      matrix[row * size + column] = inverseFactorials[row - column + 1] ?? 0;
    }
    matrix[row * size] = edge[row] ?? 0;
  }
  for (let column = 0; column < size; column += 1) matrix[(size - 1) * size + column] = edge[size - 1 - column] ?? 0;
  return matrix;
}

function matrixPower(base: ScaledMatrix, n: number, size: number): ScaledMatrix {
  let square = base;
  let power: ScaledMatrix | undefined;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) power = power === undefined ? square : multiply(power, square, size);
    if (rest > 1) square = multiply(square, square, size);
  }
  return power ?? base;
}

function multiply(a: ScaledMatrix, b: ScaledMatrix, size: number): ScaledMatrix {
  const product = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let inner = 0; inner < size; inner += 1) {
      const left = a.values[row * size + inner] ?? 0;
      if (left === 0) continue;
      for (let column = 0; column < size; column += 1) {
        const at = row * size + column;
        product[at] = (product[at] ?? 0) + left * (b.values[inner * size + column] ?? 0);
      }
    }
  }
  const exponent = a.exponent + b.exponent;
  const middle = ((size - 1) / 2) * (size + 1);
  if (Math.abs(product[middle] ?? 0) <= scale) return { values: product, exponent };
  return { values: product.map((value) => value / scale), exponent: exponent + scaleBits };
}
