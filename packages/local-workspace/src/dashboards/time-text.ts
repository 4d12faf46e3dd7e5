/** Epoch milliseconds as RFC 3339 text, as dashboards and their schedules show times. */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
