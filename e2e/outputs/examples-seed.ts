const day = (column: string): string =>
  `current_date - 3 + INTERVAL (id % 3) DAY AS ${column} FROM range(300) AS r(id)`;
const churn = "id % 7 / 7.0 AS churn_probability, id % 3 = 0 AS churned, id % 2 = 0 AS prediction, 'v1' AS model";

/** Tables, warehouses and people that the examples speak of, with the tags that complete them (R014, R026). */
export const examplesSeed = `
warehouses: { Theirs: { id: your-warehouse-id }, Policy: { id: 1234567890abcdef } }
groups: { analysts: [pricing@company.com], pricing-oncall: [pricing@company.com] }
principals: { pricing@company.com: {} }
catalogs:
  demo:
    schemas:
      flights:
        tables:
          airports: { sql: "SELECT 'AAA' AS iata" }
          flights: { sql: ${JSON.stringify(`SELECT id, ${day('departure_time')}`)} }
  prod:
    schemas:
      ml:
        tables:
          churn_predictions:
            sql: ${JSON.stringify(`SELECT id, ${churn}, ${day('timestamp')}`)}
            tags:
              monitor_enabled: "true"
              monitor_model_id_column: model
              monitor_timestamp_column: timestamp
              monitor_prediction_column: churn_probability
              monitor_label_column: churned
          churn_baseline: { sql: ${JSON.stringify(`SELECT id, ${churn}, ${day('timestamp')}`)} }
          fraud_detection:
            sql: ${JSON.stringify(`SELECT id, id % 5 = 0 AS prediction, id % 7 = 0 AS is_fraud, 'v1' AS model, ${day('timestamp')}`)}
            tags: { monitor_enabled: "true", monitor_model_id_column: model, monitor_profile_type: SNAPSHOT, monitor_group: Fraud & Co }
          churn:
            sql: ${JSON.stringify(`SELECT id, id % 2 = 0 AS prediction, id % 3 = 0 AS label, 'v1' AS version, 'eu' AS region, ${day('ts')}`)}
      sales:
        tables:
          orders: { sql: "SELECT 1 AS id", tags: { owner: ann } }
      sales_eu:
        tables:
          orders: { sql: "SELECT 1 AS id" }
`;
