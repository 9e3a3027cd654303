package io.quantumtrader.schemas.topic;

import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** Names of Kafka clients, under which broker logs and quotas know them. */
public final class ClientIds {

  private ClientIds() {}

  /**
   * Returns the id of a client: its role, behind the {@code client.id} that the configuration has,
   * if any.
   *
   * @param configuration what the client was configured with from outside
   * @param role what the client does, for example {@code quantum-feed}
   */
  public static String of(Map<String, ?> configuration, String role) {
    Object given = configuration.get(CommonClientConfigs.CLIENT_ID_CONFIG);
    return given == null ? role : given + "-" + role;
  }
}
