package io.quantumtrader.app.policy;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.util.Map;

/** What the policy of an account says now, for commands that only look. */
public final class PolicyInForce {

  private PolicyInForce() {}

  /**
   * Returns the policy that holds for an account: its own record, else the default, else the
   * built-in one.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param serdes value serdes
   * @throws org.apache.kafka.common.KafkaException if the topic cannot be read within 15 s
   */
  public static Policy of(Map<String, Object> client, RecordSerdes serdes, String account) {
    return new PolicyTopic(client, serdes, skipped -> {}).read().holding(account).policy();
  }
}
