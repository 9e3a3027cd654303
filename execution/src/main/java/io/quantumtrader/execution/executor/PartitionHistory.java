package io.quantumtrader.execution.executor;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was committed about an account partition.
 *
 * @param nowMs greatest clock record that can be believed, epoch milliseconds UTC; 0 where there is
 *     none
 * @param epoch greatest epoch of a feed among the last of them; 0 where there is none
 * @param market which market the last of them is of; empty where it does not say
 * @param accounts last published state of each account
 * @param results results of the 24 hours before the accounts were published last, and since, in the
 *     order they were committed; of the last six days at the most
 * @param incomes cash that was told in that time
 * @param plans plans without a final result, by id, as far as they are still to be had
 */
record PartitionHistory(
    long nowMs,
    long epoch,
    Optional<String> market,
    Map<String, ExchangeAccount> accounts,
    List<ApplyResult> results,
    List<ExchangeIncome> incomes,
    Map<String, ApplyPlan> plans) {

  /** Nothing was committed. */
  static final PartitionHistory NONE = new PartitionHistory(0, Map.of(), List.of(), Map.of());

  /** Creates the history of a clock that no feed has signed. */
  PartitionHistory(
      long nowMs,
      Map<String, ExchangeAccount> accounts,
      List<ApplyResult> results,
      Map<String, ApplyPlan> plans) {
    this(nowMs, 0, Optional.empty(), accounts, results, List.of(), plans);
  }

  PartitionHistory {
    accounts = Map.copyOf(accounts);
    results = List.copyOf(results);
    incomes = List.copyOf(incomes);
    plans = Map.copyOf(plans);
  }
}
