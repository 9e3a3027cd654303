package io.quantumtrader.app.parts;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.schemas.serde.RegistryPatience;
import io.quantumtrader.topology.GlobalTableProgress;
import io.quantumtrader.topology.StreamsSettings;
import io.quantumtrader.topology.failure.ThreadDeaths;
import io.quantumtrader.topology.live.NodeMeters;
import io.quantumtrader.topology.time.StageClocks;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * Runs the stages. A failed thread is replaced: its transaction was rolled back, so nothing is lost
 * by trying again. {@link ThreadDeaths} decides what ends the stages anyway.
 */
public final class StreamsService implements AutoCloseable {

  private final KafkaStreams streams;
  private final GlobalTableProgress globalTables;
  private final NodeMeters meters;
  private final CountDownLatch running = new CountDownLatch(1);
  private final AtomicReference<Throwable> lastFailure = new AtomicReference<>();
  private final StageClocks stageClocks;
  private final ThreadDeaths deaths;
  private final RegistryPatience patience;
  private final StagesProgress progress;
  private final Map<String, Object> client;

  /**
   * Prepares the application.
   *
   * @param client configuration of an admin client, {@code bootstrap.servers} at least
   * @param onEnd called with the reason when it ended by itself
   */
  public StreamsService(
      Topology topology,
      StreamsSettings settings,
      Map<String, Object> client,
      Consumer<Throwable> onEnd) {
    globalTables = settings.globalTables();
    meters = settings.meters();
    stageClocks = settings.stageClocks();
    deaths = settings.threadDeaths();
    patience = settings.registryPatience();
    streams = new KafkaStreams(topology, settings.properties());
    this.client = Map.copyOf(client);
    progress = new StagesProgress(streams, () -> running.getCount() == 0, this::failedForGood);
    streams.setGlobalStateRestoreListener(progress);
    streams.setUncaughtExceptionHandler(this::afterFailure);
    streams.setStateListener(
        (now, before) -> {
          if (now == State.RUNNING) {
            running.countDown();
          }
          if (now == State.ERROR) {
            running.countDown();
            onEnd.accept(end());
          }
        });
  }

  /**
   * Starts and waits until every task runs, as long as something moves on the way there.
   *
   * @param stall how long nothing may move: no thread, no task, no record restored, no member of
   *     the group
   * @param report takes a line now and then that says what is waited for
   * @throws CommandFailure if it ended by itself, or if nothing moved for the time
   */
  public void start(Duration stall, Consumer<String> report) throws InterruptedException {
    try (Admin admin = Admin.create(client)) {
      GroupStand group = new GroupStand(admin, StreamsSettings.APPLICATION_ID);
      progress.and(() -> "; " + group.text());
      streams.start();
      new Patience(stall, report).await("the stages", progress);
    } finally {
      progress.and(() -> "");
    }
    if (streams.state() == State.ERROR) {
      Throwable cause = end();
      throw new CommandFailure("the stages did not start: " + cause.getMessage(), cause);
    }
  }

  private Optional<Throwable> failedForGood() {
    return streams.state() == State.ERROR ? Optional.of(end()) : Optional.empty();
  }

  /** Returns whether the stages work, or are about to after a change of who does what. */
  public boolean isWorking() {
    return streams.state().isRunningOrRebalancing();
  }

  /** Returns what the nodes of the topology did since it started. */
  public NodeMeters meters() {
    return meters;
  }

  /** Returns how far the global tables are. */
  public GlobalTableProgress globalTables() {
    return globalTables;
  }

  /** Returns the Streams client, to look at. */
  public KafkaStreams streams() {
    return streams;
  }

  /** Returns the time in each account partition that runs here. */
  public StageClocks stageClocks() {
    return stageClocks;
  }

  /** Returns what happened when threads died. */
  public ThreadDeaths deaths() {
    return deaths;
  }

  /** Returns how the stages wait for a registry that is away. */
  public RegistryPatience registryPatience() {
    return patience;
  }

  private StreamThreadExceptionResponse afterFailure(Throwable failure) {
    lastFailure.set(failure);
    return deaths.handle(failure);
  }

  /** What ended the stages: the cause that kept coming back, not the last thread's death. */
  private Throwable end() {
    Throwable last = lastFailure.get();
    return deaths
        .end()
        .<Throwable>map(why -> new IllegalStateException(why, last))
        .orElseGet(() -> last == null ? new IllegalStateException("the stages ended") : last);
  }

  @Override
  public void close() {
    deaths.stop();
    patience.stop();
    streams.close(Duration.ofSeconds(15));
  }
}
