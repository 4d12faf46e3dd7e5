/**
 * DuckDB functions that a query may call. Each computes its result from its arguments alone: none reads a file, the
 * network, the catalog, a setting, a variable or the environment. A function that an upgrade of DuckDB brings is refused
 * until it stands here.
 */
const operators = '! !~~ !~~* % & && * ** + - ->> -> / // << <= <> <@ >> @ @> ^ ^@ | || ~ ~~ ~~* ~~~';

const numbers = `abs acos acosh add asin asinh atan atan2 atanh bin bit_count cbrt ceil ceiling cos cosh cot degrees divide
  even exp factorial fdiv floor fmod gamma gcd greatest greatest_common_divisor isfinite isinf isnan lcm least
  least_common_multiple lgamma ln log log10 log2 mod multiply nextafter pi pow power radians random round round_even sign
  signbit sin sinh sqrt subtract tan tanh trunc xor set_bit get_bit`;

const texts = `ascii bar base64 bit_length char_length character_length chr concat concat_ws contains damerau_levenshtein
  decode encode ends_with format from_base64 from_hex hamming hash hex ilike_escape instr jaccard jaro_similarity
  jaro_winkler_similarity lcase left length levenshtein like_escape lower lpad ltrim md5 mismatches nfc_normalize
  not_ilike_escape not_like_escape octet_length ord position prefix printf regexp_escape regexp_extract
  regexp_extract_all regexp_full_match regexp_matches regexp_replace regexp_split_to_array repeat replace reverse right
  rpad rtrim sha1 sha256 split split_part starts_with str_split str_split_regex string_split string_split_regex
  string_to_array strip_accents strlen strpos substr substring suffix to_base to_base64 to_binary to_hex translate trim
  ucase unbin unhex unicode upper url_decode url_encode uuid gen_random_uuid`;

const times = `age century date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day dayname
  dayofmonth dayofweek dayofyear days_in_month decade epoch epoch_ms epoch_ns epoch_us era hour isodow isoyear julian
  last_day make_date make_time make_timestamp microsecond millennium millisecond minute month monthname nanosecond
  quarter second strftime strptime try_strptime time_bucket timezone to_days to_hours to_microseconds to_milliseconds
  to_minutes to_months to_quarters to_seconds to_timestamp to_weeks to_years week weekday weekofyear year yearweek`;

const collections = `aggregate apply array_aggr array_aggregate array_append array_apply array_cat array_concat
  array_contains array_distinct array_extract array_filter array_has array_has_all array_has_any array_indexof
  array_intersect array_length array_pop_back array_pop_front array_position array_prepend array_push_back
  array_push_front array_reduce array_resize array_reverse array_reverse_sort array_select array_slice array_sort
  array_to_string array_transform array_unique array_value array_where array_zip cardinality element_at filter flatten
  generate_series len list_aggr list_aggregate list_any_value list_append list_apply list_avg list_bit_and list_bit_or
  list_bit_xor list_bool_and list_bool_or list_cat list_concat list_contains list_count list_distinct list_element
  list_extract list_filter list_first list_has list_has_all list_has_any list_indexof list_intersect list_last list_max
  list_median list_min list_mode list_pack list_position list_prepend list_product list_reduce list_resize list_reverse
  list_reverse_sort list_select list_slice list_sort list_stddev_pop list_stddev_samp list_string_agg list_sum
  list_transform list_unique list_value list_var_pop list_var_samp list_where list_zip map map_concat map_contains
  map_contains_entry map_contains_value map_entries map_extract map_extract_value map_from_entries map_keys map_values
  range reduce row struct_concat struct_extract struct_extract_at struct_insert struct_keys struct_pack struct_update
  struct_values unnest`;

const documents = `array_to_json from_json json json_array json_array_length json_contains json_exists json_extract
  json_extract_path json_extract_path_text json_extract_string json_group_array json_group_object json_keys
  json_merge_patch json_object json_pretty json_quote json_structure json_transform json_type json_valid json_value
  row_to_json to_json`;

const choices = 'coalesce constant_or_null if ifnull nullif error typeof';

const aggregates = `any_value approx_count_distinct approx_quantile arbitrary arg_max arg_max_null arg_min arg_min_null argmax
  argmin array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count count_if count_star countif covar_pop
  covar_samp entropy favg first fsum geometric_mean geomean group_concat grouping grouping_id histogram kahan_sum
  kurtosis kurtosis_pop last list listagg mad max max_by mean median min min_by mode product quantile quantile_cont
  quantile_disc percentile_cont percentile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope
  regr_sxx regr_sxy regr_syy sem skewness stddev stddev_pop stddev_samp string_agg sum sum_no_overflow sumkahan var_pop
  var_samp variance`;

const windows = `cume_dist dense_rank first_value fill lag last_value lead nth_value ntile percent_rank rank rank_dense
  row_number`;

export const allowedFunctions: ReadonlySet<string> = new Set(
  [operators, numbers, texts, times, collections, documents, choices, aggregates, windows].flatMap((names) =>
    names.split(/\s+/),
  ),
);
