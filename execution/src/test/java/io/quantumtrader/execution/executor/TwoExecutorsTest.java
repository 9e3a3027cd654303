package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.RateBudget;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.binance.Signer;
import io.quantumtrader.execution.binance.BinanceExchange;
import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.TwinAccount;
import io.quantumtrader.execution.twin.TwinSettings;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two executors by mistake, on one account of one exchange. Of one name, the second takes the place
 * of the first, which may not know that yet; of two groups, both are given each plan. Either way an
 * entry is ordered once.
 */
final class TwoExecutorsTest {

  private static final String MAIN = "main";
  private static final String BTC = CrashWorld.BTC;

  private final AtomicLong nowMs = new AtomicLong(1_780_000_000_000L);
  private final List<Life> lives = new ArrayList<>();
  private ExchangeTwin twin;
  private ApplyPlan plan;

  @BeforeEach
  void start() throws IOException {
    twin =
        ExchangeTwin.start(
            TwinSettings.of(
                    List.of(TwinAccount.hmac(MAIN, "main-key-0123456789", "secret", "100000")),
                    List.of(TwinSymbol.perpetual(BTC, "60000", "0.10", "0.001", "100")))
                .tickMs(0)
                .clock(nowMs::get)
                .build());
    plan = WorldPlans.granted(WorldPlans.entry(1, MAIN, BTC), nowMs.get(), 60_000);
  }

  @AfterEach
  void stop() {
    lives.forEach(life -> life.exchange.close());
    twin.close();
  }

  /** An executor with its own place in the topics. */
  private final class Life {

    private final MockClients clients;
    private final BinanceExchange exchange;
    private final ExecutorSession session;

    /**
     * Begins it.
     *
     * @param before results that were committed before
     * @param watch hears where it is
     */
    Life(List<ApplyResult> before, CrashPoint.Watch watch) {
      Map<String, ApplyPlan> plans = before.isEmpty() ? Map.of() : Map.of(plan.getPlanId(), plan);
      clients = new MockClients(new PartitionHistory(nowMs.get(), Map.of(), before, plans));
      exchange =
          new BinanceExchange(
              TwinAddress.settings(twin),
              List.of(new ApiKey(MAIN, "main-key-0123456789", Signer.hmac("secret"))),
              nowMs::get,
              RateBudget.documented(),
              SessionRecorder.none());
      session =
          new ExecutorSession(
              MockClients.settings().wallClock(nowMs::get).build(), exchange, clients, watch);
      lives.add(this);
      session.open();
      clients.assign();
      Control active =
          Control.newBuilder()
              .setAccount("*")
              .setTradingState(TradingState.ACTIVE)
              .setAtMs(0)
              .build();
      clients.add(Topic.CONTROL, "*", clients.encoded(Topic.CONTROL, active));
      step();
    }

    void take() {
      clients.add(Topic.APPLY_PLAN, MAIN, clients.encoded(Topic.APPLY_PLAN, plan));
      step();
    }

    void step() {
      Clock clock = new Clock(nowMs.get(), 1_000L, 0);
      clients.add(Topic.CLOCK, "0", clients.encoded(Topic.CLOCK, clock));
      session.step();
      session.step();
    }

    /** Lets so many seconds pass. */
    void seconds(int count) {
      for (int second = 0; second < count; second++) {
        nowMs.addAndGet(1_000);
        twin.tick();
        step();
      }
    }

    List<ApplyResult> results() {
      return clients.written(Topic.APPLY_RESULT, ApplyResult.class);
    }

    List<String> fills() {
      return results().stream()
          .map(ApplyResult::getFill)
          .filter(Objects::nonNull)
          .map(Fill::getFillId)
          .distinct()
          .toList();
    }
  }

  private void assertOrderedOnce() {
    assertThat(twin.state().orders(MAIN))
        .filteredOn(order -> order.clientOrderId().equals(ClientOrderIds.of(plan.getPlanId())))
        .hasSize(1);
    assertThat(twin.state().amount(MAIN, BTC)).isEqualByComparingTo(plan.getQuantity());
  }

  @Test
  void shouldSendNothingWhereAnotherOfTheSameNameHasCome() {
    // given
    Life first = new Life(List.of(), CrashPoint.Watch.NONE);

    // when: the broker takes no transaction of the first any more
    Life second = new Life(List.of(), CrashPoint.Watch.NONE);
    first.clients.producer.fenceProducer();
    assertThatThrownBy(first::take).isInstanceOf(ProducerFencedException.class);
    int before = twin.state().orders(MAIN).size();
    second.take();
    second.seconds(30);

    // then
    assertThat(before).isZero();
    assertOrderedOnce();
    assertThat(second.fills()).hasSize(1);
  }

  @ParameterizedTest(name = "the first stands still for {0} s after it has announced the plan")
  @CsvSource({"0", "5", "9", "12", "20", "40"})
  void shouldOrderOnceThoughTheFirstOfANameGoesOnLate(int seconds) {
    // given: the second comes while the first stands between announcement and order
    List<Life> second = new ArrayList<>();
    List<Life> first = new ArrayList<>();
    CrashPoint.Watch stands =
        point -> {
          if (point == CrashPoint.ANNOUNCED && second.isEmpty()) {
            Life old = first.getFirst();
            second.add(new Life(old.results(), CrashPoint.Watch.NONE));
            second.getFirst().seconds(seconds);
            old.clients.producer.fenceProducer();
          }
        };
    first.add(new Life(List.of(), stands));

    // when
    assertThatThrownBy(
            () -> {
              first.getFirst().take();
              first.getFirst().seconds(20);
            })
        .isInstanceOf(ProducerFencedException.class);
    second.getFirst().seconds(60);

    // then
    assertOrderedOnce();
    assertThat(second.getFirst().results())
        .filteredOn(ApplyResult::getFinalResult)
        .singleElement()
        .satisfies(result -> assertThat(result.getOrigin()).isEqualTo(ResultOrigin.PLAN));
    assertThat(second.getFirst().fills()).hasSize(1);
  }

  @Test
  void shouldTakeARefusedIdForTheOrderThatHasItWhereTwoGroupsSendAtOnce() {
    // given: the order of the first is not filled yet when the second sends it (-4116)
    twin.matching(faults -> faults.fillDelayMs(3_000));
    Life first = new Life(List.of(), CrashPoint.Watch.NONE);
    Life second = new Life(List.of(), CrashPoint.Watch.NONE);

    // when
    first.take();
    second.take();
    for (int seconds = 0; seconds < 40; seconds++) {
      first.seconds(1);
      second.step();
    }

    // then: both know the one fill
    assertOrderedOnce();
    assertThat(first.fills()).hasSize(1).isEqualTo(second.fills());
    assertThat(second.results()).filteredOn(ApplyResult::getFinalResult).hasSize(1);
  }

  @Test
  void shouldNotSendWhatTheOtherGroupHasExecuted() {
    // given: the exchange would take the id again, since the order has ended
    Life first = new Life(List.of(), CrashPoint.Watch.NONE);
    Life second = new Life(List.of(), CrashPoint.Watch.NONE);
    first.take();
    first.seconds(3);
    second.seconds(6);

    // when
    second.take();
    second.seconds(30);

    // then: it was reported as nobody's at first, under the same id
    assertOrderedOnce();
    assertThat(second.fills()).isEqualTo(first.fills());
    assertThat(second.results())
        .filteredOn(result -> result.getFill() != null)
        .extracting(ApplyResult::getOrigin)
        .startsWith(ResultOrigin.FOREIGN);
  }
}
