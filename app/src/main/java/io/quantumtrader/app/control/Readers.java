package io.quantumtrader.app.control;

import io.quantumtrader.topology.StreamsSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;

/** Whether somebody is there to act on what an operator writes. */
final class Readers {

  private static final long ANSWERS_WITHIN_S = 10;

  private Readers() {}

  /**
   * Returns whether stages run on a broker: their consumer group has members.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   */
  static boolean ofStages(Map<String, Object> client) {
    try (Admin admin = Admin.create(client)) {
      ConsumerGroupDescription group =
          admin
              .describeConsumerGroups(List.of(StreamsSettings.APPLICATION_ID))
              .describedGroups()
              .get(StreamsSettings.APPLICATION_ID)
              .get(ANSWERS_WITHIN_S, TimeUnit.SECONDS);
      return !group.members().isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      // No such group, or a broker that does not say.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
