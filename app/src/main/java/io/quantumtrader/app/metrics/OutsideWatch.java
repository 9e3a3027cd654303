package io.quantumtrader.app.metrics;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quantumtrader.console.health.HealthCost;
import io.quantumtrader.console.health.Outside;
import io.quantumtrader.console.view.PipelineRow.ReaderRow;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/**
 * What the console cannot read from the topics: whether the servers answer, and how far the readers
 * are behind. Each is asked every few seconds on a thread of its own.
 */
public final class OutsideWatch implements Supplier<Outside>, AutoCloseable {

  private static final int ANSWERS_WITHIN_MS = 5_000;
  private static final Duration LAG_EVERY = Duration.ofSeconds(5);

  private final Admin admin;
  private final GroupLag lag;
  private final Probe broker;
  private final Probe registry;
  private final Optional<Probe> redis;

  /**
   * Begins to ask.
   *
   * @param clients client configuration, {@code bootstrap.servers} at least
   * @param redis asks Redis, throws where it does not answer; empty where there is none
   */
  public OutsideWatch(
      Map<String, Object> clients, RecordSerdes serdes, Optional<Callable<?>> redis) {
    admin = Admin.create(clients);
    DescribeClusterOptions quick = new DescribeClusterOptions().timeoutMs(ANSWERS_WITHIN_MS);
    broker =
        new Probe(
            "the broker",
            () ->
                admin.describeCluster(quick).nodes().get(ANSWERS_WITHIN_MS, TimeUnit.MILLISECONDS));
    registry = new Probe("the schema registry", () -> serdes.registry().subjects());
    this.redis = redis.map(ask -> new Probe("Redis", ask));
    lag = new GroupLag(new SimpleMeterRegistry(), clients, Monitoring.GROUPS, LAG_EVERY);
    lag.start();
  }

  @Override
  public Outside get() {
    Map<HealthCost, String> troubles = new EnumMap<>(HealthCost.class);
    broker.trouble().ifPresent(why -> troubles.put(HealthCost.BROKER_UNREACHABLE, why));
    registry.trouble().ifPresent(why -> troubles.put(HealthCost.REGISTRY_UNREACHABLE, why));
    redis.flatMap(Probe::trouble).ifPresent(why -> troubles.put(HealthCost.REDIS_UNREACHABLE, why));
    List<ReaderRow> readers =
        lag.behind().entrySet().stream()
            .map(each -> new ReaderRow(each.getKey(), each.getValue()))
            .toList();
    return new Outside(readers, troubles);
  }

  /**
   * Returns whether all of it can be said by now. Whoever has just begun to ask knows nothing, and
   * takes what is silent for well until it has been so for some seconds.
   */
  public boolean isSettled() {
    return broker.isSettled()
        && registry.isSettled()
        && redis.map(Probe::isSettled).orElse(true)
        && lag.hasAsked();
  }

  @Override
  public void close() {
    lag.close();
    broker.close();
    registry.close();
    redis.ifPresent(Probe::close);
    admin.close(Duration.ofSeconds(2));
  }
}
