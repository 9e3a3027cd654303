package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.PlannedRisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Plans without a final result, and the risk data of granted entries for the fills that may still
 * come. Keys are {@code account|plan id}.
 */
final class OpenPlans {

  private final KeyValueStore<String, OpenPlan> open;
  private final KeyValueStore<String, PlannedRisk> risks;

  OpenPlans(KeyValueStore<String, OpenPlan> open, KeyValueStore<String, PlannedRisk> risks) {
    this.open = open;
    this.risks = risks;
  }

  /** Returns the plan, if it has no final result. */
  Optional<OpenPlan> find(String account, String planId) {
    return Optional.ofNullable(open.get(key(account, planId)));
  }

  /** Returns what a granted entry knew about its risk, if that is still kept. */
  Optional<PlannedRisk> findRisk(String account, String planId) {
    return Optional.ofNullable(risks.get(key(account, planId)));
  }

  /** Returns the plans of an account. */
  List<OpenPlan> of(String account) {
    try (KeyValueIterator<String, OpenPlan> found =
        open.prefixScan(key(account, ""), new StringSerializer())) {
      return values(found);
    }
  }

  /** Returns the plans of all accounts of this room. */
  List<OpenPlan> all() {
    try (KeyValueIterator<String, OpenPlan> found = open.all()) {
      return values(found);
    }
  }

  void put(OpenPlan plan) {
    open.put(key(plan.getAccount(), plan.getPlanId()), plan);
  }

  void put(PlannedRisk risk) {
    risks.put(key(risk.getAccount(), risk.getPlanId()), risk);
  }

  /** Ends a plan; its risk data stay for late fills. */
  void end(String account, String planId) {
    open.delete(key(account, planId));
  }

  /** Forgets risk data that are older than their account keeps them, unless the plan is open. */
  void forgetRisks(ToLongFunction<String> keepMsOfAccount, long nowMs) {
    List<String> old = new ArrayList<>();
    try (KeyValueIterator<String, PlannedRisk> all = risks.all()) {
      while (all.hasNext()) {
        KeyValue<String, PlannedRisk> entry = all.next();
        long keepMs = keepMsOfAccount.applyAsLong(entry.value.getAccount());
        if (nowMs - entry.value.getGrantedAtMs() >= keepMs && open.get(entry.key) == null) {
          old.add(entry.key);
        }
      }
    }
    old.forEach(risks::delete);
  }

  private static List<OpenPlan> values(KeyValueIterator<String, OpenPlan> found) {
    List<OpenPlan> plans = new ArrayList<>();
    found.forEachRemaining(entry -> plans.add(entry.value));
    return plans;
  }

  private static String key(String account, String planId) {
    return account + "|" + planId;
  }
}
