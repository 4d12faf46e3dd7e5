/**
 * Columns that the service makes in the two metric tables, of whatever profile type; a metric of one of these names fails
 * its monitor. https://docs.databricks.com/aws/en/lakehouse-monitoring/monitor-output
 */
export const metricColumns: ReadonlySet<string> = new Set(
  `window granularity monitor_version slice_key slice_value column_name data_type
  log_type logging_table_commit_version count num_nulls avg quantiles min max stddev num_zeros num_nan min_length
  max_length avg_length non_null_columns frequent_items median distinct_count percent_nan percent_null percent_zeros
  percent_distinct
  accuracy_score confusion_matrix precision recall f1_score log_loss roc_auc_score mean_squared_error
  root_mean_squared_error mean_average_error mean_absolute_percentage_error r2_score predictive_parity
  predictive_equality equal_opportunity statistical_parity
  window_cmp drift_type count_delta avg_delta percent_null_delta percent_zeros_delta percent_distinct_delta
  non_null_columns_delta js_distance ks_test wasserstein_distance population_stability_index chi_squared_test
  tv_distance l_infinity_distance`.split(/\s+/u),
);
