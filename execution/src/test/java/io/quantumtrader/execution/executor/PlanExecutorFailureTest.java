package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.execution.Candles;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.OrderSide;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ends the service, and what it starts anew after. */
@Tag("real")
class PlanExecutorFailureTest {

  private static final String ETH = "ETHUSDT";
  private static final long NOW = 10_000;

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

  /** Starts an executor, and waits until it has told the exchange once that it works. */
  private static PlanExecutor armed(RememberingExchange exchange, MockClients clients) {
    PlanExecutor executor =
        new PlanExecutor(
            MockClients.settings().deadMan(Duration.ofSeconds(60)).build(),
            () -> exchange,
            clients,
            CrashPoint.Watch.NONE);
    clients.plans.schedulePollTask(clients::assign);
    executor.start();
    Venue.await("a word to the exchange", () -> !told(exchange).isEmpty());
    return executor;
  }

  /** Opens a position on the exchange, and returns the account as it was published then. */
  private static PartitionHistory opened(RememberingExchange exchange) {
    exchange.paper().see(Candles.flat(ETH, 0, "2000.5"));
    var unused =
        exchange
            .paper()
            .execute(
                new MarketOrder("main", ETH, OrderSide.BUY, BigDecimal.TWO, false, "hand", NOW));
    ExchangeAccount account = exchange.account("main", NOW).orElseThrow();
    return new PartitionHistory(NOW, Map.of("main", account), List.of(), Map.of());
  }

  private static List<String> told(RememberingExchange exchange) {
    return exchange.calls().stream().filter(call -> call.startsWith("dead man")).toList();
  }

  @Test
  void shouldTakeBackTheDeadManSwitchWhereItIsStopped() {
    // given
    RememberingExchange exchange = new RememberingExchange(PaperSettings.DEFAULT);
    PlanExecutor executor = armed(exchange, new MockClients(opened(exchange)));

    // when
    executor.close();

    // then
    assertThat(told(exchange)).containsExactly("dead man ETHUSDT 60", "dead man ETHUSDT 0");
  }

  @Test
  void shouldLeaveTheDeadManSwitchWhereItFails() {
    // given
    RememberingExchange exchange = new RememberingExchange(PaperSettings.DEFAULT);
    MockClients clients = new MockClients(opened(exchange));
    PlanExecutor executor = armed(exchange, clients);

    // when
    clients.plans.schedulePollTask(
        () -> {
          throw new IllegalStateException("a fault in the program");
        });
    Venue.await("the end", () -> !executor.isRunning());
    executor.close();

    // then
    assertThat(executor.failure()).isPresent();
    assertThat(told(exchange)).containsExactly("dead man ETHUSDT 60");
  }

  @Test
  void shouldTakeBackTheDeadManSwitchAlsoWhereItsLastStepHasToBeCutShort() {
    // given: a step that does not end by itself
    RememberingExchange exchange = new RememberingExchange(PaperSettings.DEFAULT);
    MockClients clients = new MockClients(opened(exchange));
    PlanExecutor executor = armed(exchange, clients);
    CountDownLatch stuck = new CountDownLatch(1);
    clients.plans.schedulePollTask(
        () -> {
          stuck.countDown();
          try {
            Thread.sleep(Duration.ofMinutes(10));
          } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
          }
        });
    Venue.await("the step", () -> stuck.getCount() == 0);

    // when
    executor.close();

    // then
    assertThat(told(exchange)).containsExactly("dead man ETHUSDT 60", "dead man ETHUSDT 0");
    assertThat(clients.plans.closed()).isTrue();
  }

  @Test
  void shouldSayThatTheDeadManSwitchIsStillSetWhereItCouldNotBeTakenBack() {
    // given: the broker does not say whose the accounts are
    RememberingExchange exchange = new RememberingExchange(PaperSettings.DEFAULT);
    MockClients clients = new MockClients(opened(exchange));
    PlanExecutor executor = armed(exchange, clients);
    clients.plans.refuse(new TimeoutException("no answer"));

    // when, then
    assertThatThrownBy(executor::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the dead-man switch is still set");
    assertThat(told(exchange)).containsExactly("dead man ETHUSDT 60");
  }

  @Test
  void shouldSayNothingOfTheDeadManSwitchWhereAnotherHasTakenOver() {
    // given
    RememberingExchange exchange = new RememberingExchange(PaperSettings.DEFAULT);
    MockClients clients = new MockClients(opened(exchange));
    PlanExecutor executor = armed(exchange, clients);
    clients.plans.refuse(new FencedInstanceIdException("another took over"));

    // when
    executor.close();

    // then
    assertThat(told(exchange)).containsExactly("dead man ETHUSDT 60");
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
