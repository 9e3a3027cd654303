package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ends the service, and what it starts anew after. */
@Tag("real")
class PlanExecutorFailureTest {

  /** Gives each session mock clients of its own; the first's broker fails. */
  private static final class Sessions implements ExecutorClients {

    private final List<MockClients> all = new ArrayList<>();
    private final RuntimeException trouble;

    Sessions(RuntimeException trouble) {
      this.trouble = trouble;
    }

    synchronized int count() {
      return all.size();
    }

    private synchronized MockClients last() {
      return all.getLast();
    }

    @Override
    public synchronized Producer<byte[], byte[]> producer() {
      MockClients clients = new MockClients(PartitionHistory.NONE);
      if (all.isEmpty()) {
        clients.producer.initTransactionException = trouble;
      }
      all.add(clients);
      return clients.producer();
    }

    @Override
    public Consumer<byte[], byte[]> plans() {
      return last().plans();
    }

    @Override
    public Consumer<byte[], byte[]> market() {
      return last().market();
    }

    @Override
    public Consumer<byte[], byte[]> ends() {
      return last().ends();
    }

    @Override
    public HistoryReader history(RecordCodec codec) {
      return last().history(codec);
    }

    boolean areClosed() {
      return all.stream().allMatch(each -> each.producer.closed() && each.plans.closed());
    }
  }

  private static PlanExecutor started(Sessions sessions) {
    PlanExecutor executor =
        new PlanExecutor(
            MockClients.settings().build(),
            () -> new PaperExchange(PaperSettings.DEFAULT),
            sessions,
            CrashPoint.Watch.NONE);
    executor.start();
    return executor;
  }

  static Stream<RuntimeException> fatal() {
    return Stream.of(
        new ProducerFencedException("another took over"),
        new FencedInstanceIdException("another took over"),
        new InvalidProducerEpochException("another took over"),
        new TopicAuthorizationException("may not"),
        new KafkaException("outer", new ProducerFencedException("inner")),
        new IllegalStateException("a fault in the program"));
  }

  @ParameterizedTest
  @MethodSource("fatal")
  void shouldEndAndSayWhy(RuntimeException trouble) {
    // given
    Sessions sessions = new Sessions(trouble);

    // when
    PlanExecutor executor = started(sessions);
    Venue.await("the end", () -> !executor.isRunning());
    executor.close();

    // then
    assertThat(executor.failure()).containsSame(trouble);
    assertThat(sessions.count()).isEqualTo(1);
    assertThat(sessions.areClosed()).isTrue();
  }

  @Test
  void shouldStartAnewAfterTrouble() {
    // given
    Sessions sessions = new Sessions(new NetworkException("the broker went away"));

    // when
    PlanExecutor executor = started(sessions);
    Venue.await("a second session", () -> sessions.count() == 2);

    // then
    assertThat(executor.isRunning()).isTrue();
    assertThat(executor.failure()).isEmpty();
    executor.close();
    assertThat(executor.isRunning()).isFalse();
    assertThat(executor.failure()).isEmpty();
    assertThat(sessions.areClosed()).isTrue();
  }

  @Test
  void shouldCloseBeforeItWasStarted() {
    // given
    PlanExecutor executor =
        PlanExecutor.onPaper(MockClients.settings().build(), PaperSettings.DEFAULT);

    // when
    executor.close();

    // then
    assertThat(executor.isRunning()).isFalse();
  }
}
