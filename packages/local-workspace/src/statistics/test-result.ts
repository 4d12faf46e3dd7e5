export interface TestResult {
  readonly statistic: number;
  readonly pvalue: number;
}
