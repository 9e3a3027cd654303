package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The executor on a real broker. */
@Tag("real")
class PlanExecutorTest {

  private static final String ETH = "ETHUSDT";
  private static final PaperSettings PAPER =
      PaperSettings.DEFAULT
          .withAccounts(
              List.of("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "z1", "z2", "z3", "z4"))
          .withCosts(BigDecimal.ZERO, new BigDecimal("0.0004"));

  private static Venue venue;

  @BeforeAll
  static void open() throws Exception {
    venue = new Venue();
    venue.control("*", TradingState.ACTIVE);
    venue.clock();
    venue.candle(ETH, "2000.5");
  }

  @AfterAll
  static void close() {
    venue.close();
  }

  private static PlanExecutor started() {
    return started("main");
  }

  private static PlanExecutor started(String instance) {
    PlanExecutor executor = PlanExecutor.onPaper(venue.settings(instance).build(), PAPER);
    executor.start();
    return executor;
  }

  private static ApplyPlan.Builder entry(int number, String account, String quantity) {
    return Plans.plan(number, account, ETH, OrderSide.BUY, PlanAction.ENTRY, quantity);
  }

  private static ApplyPlan.Builder closing(int number, String account, String quantity) {
    return Plans.plan(number, account, ETH, OrderSide.SELL, PlanAction.FULL_CLOSE, quantity);
  }

  private static ExchangeAccount last(String account) {
    return venue.accounts(account).getLast();
  }

  @Test
  void shouldSayWhatAccountsAndInstrumentsThereAreBeforeAnyPlan() {
    try (PlanExecutor executor = started()) {
      // given
      venue.awaitDrained();
      venue.clock();

      // when
      venue.awaitDrained();

      // then
      assertThat(executor.isRunning()).isTrue();
      assertThat(executor.isAssigned()).isTrue();
      for (String account : PAPER.accounts()) {
        ExchangeAccount first = venue.accounts(account).getFirst();
        assertThat(first.getWallet()).isEqualByComparingTo("10000");
        assertThat(first.getAsOfMs()).isPositive();
      }
      Instrument instrument = venue.read(Topic.INSTRUMENT, 0, Instrument.class).getFirst();
      assertThat(instrument.getSymbol()).isEqualTo(ETH);
      assertThat(instrument.getTickSize()).isEqualByComparingTo("0.1");
    }
    // when closed
    assertThat(venue.isDrained()).isTrue();
  }

  @Test
  void shouldAnswerAPlanWithItsFill() {
    try (PlanExecutor executor = started()) {
      // when
      ApplyPlan plan = venue.plan(entry(101, "a1", "2").setStopPrice(new BigDecimal("1900.05")));
      venue.awaitDrained();

      // then
      List<ApplyResult> results = venue.results("a1");
      assertThat(results)
          .extracting(ApplyResult::getOutcome)
          .containsExactly(ResultOutcome.SUBMITTING, ResultOutcome.FILLED);
      ApplyResult filled = results.getLast();
      assertThat(filled.getFinalResult()).isTrue();
      assertThat(filled.getPlanId()).isEqualTo(plan.getPlanId());
      assertThat(filled.getFill().getPrice()).isEqualByComparingTo("2000.5");
      assertThat(filled.getFill().getAtMs()).isEqualTo(venue.nowMs());
      assertThat(last("a1").getWallet()).isEqualByComparingTo("9998.3996");
      ExchangePosition position = last("a1").getPositions().getFirst();
      assertThat(position.getQuantity()).isEqualByComparingTo("2");
      assertThat(position.getStopPrice()).isEqualByComparingTo("1900.1");
      assertThat(executor.failure()).isEmpty();
    }
  }

  @Test
  void shouldGoOnAfterARestartWhereItWas() {
    // given
    ApplyPlan entry;
    try (PlanExecutor executor = started()) {
      entry = venue.plan(entry(201, "a2", "2"));
      venue.awaitDrained();
      assertThat(executor.isRunning()).isTrue();
    }

    // when: the same plan comes again, and one that closes
    try (PlanExecutor executor = started()) {
      venue.send(entry);
      venue.plan(closing(202, "a2", "2"));
      venue.awaitDrained();
      assertThat(executor.failure()).isEmpty();
    }

    // then
    assertThat(venue.results("a2"))
        .extracting(ApplyResult::getPlanId, ApplyResult::getOutcome)
        .containsExactly(
            tuple(Plans.id(201), ResultOutcome.SUBMITTING),
            tuple(Plans.id(201), ResultOutcome.FILLED),
            tuple(Plans.id(202), ResultOutcome.SUBMITTING),
            tuple(Plans.id(202), ResultOutcome.FILLED));
    assertThat(last("a2").getPositions()).isEmpty();
    assertThat(last("a2").getWallet()).isEqualByComparingTo("9996.7992");
  }

  @Test
  void shouldLapseAPlanWhosePermitEndedWhileNobodyWasThere() {
    // given
    venue.plan(entry(301, "a3", "2"));
    venue.clock();

    // when
    try (PlanExecutor executor = started()) {
      venue.awaitDrained();
      assertThat(executor.failure()).isEmpty();
    }

    // then
    ApplyResult only = venue.results("a3").getFirst();
    assertThat(venue.results("a3")).hasSize(1);
    assertThat(only.getOutcome()).isEqualTo(ResultOutcome.LAPSED);
    assertThat(only.getCode()).isEqualTo("PERMIT_LAPSED");
    assertThat(only.getFinalResult()).isTrue();
    assertThat(only.getAtMs()).isEqualTo(venue.nowMs());
  }

  @Test
  void shouldFollowTheOperator() {
    try (PlanExecutor executor = started()) {
      // given
      venue.plan(entry(401, "a4", "2"));
      venue.awaitDrained();

      // when
      venue.control("a4", TradingState.REDUCING);
      venue.plan(entry(402, "a4", "2"));
      venue.plan(closing(403, "a4", "1"));
      venue.awaitDrained();
      venue.control("a4", TradingState.HALTED);
      venue.plan(closing(404, "a4", "1"));
      venue.awaitDrained();

      // then
      assertThat(venue.results("a4"))
          .filteredOn(ApplyResult::getFinalResult)
          .extracting(ApplyResult::getPlanId, ApplyResult::getOutcome, ApplyResult::getCode)
          .containsExactly(
              tuple(Plans.id(401), ResultOutcome.FILLED, ""),
              tuple(Plans.id(402), ResultOutcome.REJECTED, "EXECUTION_HALTED"),
              tuple(Plans.id(403), ResultOutcome.FILLED, ""),
              tuple(Plans.id(404), ResultOutcome.REJECTED, "EXECUTION_HALTED"));
      assertThat(executor.failure()).isEmpty();
    }
  }

  @Test
  void shouldFillAtTheCandleThatCameBeforeThePlan() {
    try (PlanExecutor executor = started()) {
      for (int i = 0; i < 20; i++) {
        // given
        venue.clock();
        String price = "2%03d.5".formatted(i);
        venue.candle(ETH, price);

        // when
        venue.plan(entry(500 + i, "a5", "0.01"));
        venue.awaitDrained();

        // then
        assertThat(venue.results("a5").getLast().getFill().getPrice()).isEqualByComparingTo(price);
      }
      assertThat(executor.failure()).isEmpty();
    }
  }

  @Test
  void shouldPutAsideWhatIsNoPlanAndGoOn() {
    // given
    int partition = Venue.partitionOf("a6");
    int deadBefore = venue.records(Topic.DEAD_LETTER, 0).size();
    byte[] key = "a6".getBytes(StandardCharsets.UTF_8);
    String elsewhere =
        PAPER.accounts().stream()
            .filter(account -> Venue.partitionOf(account) != partition)
            .findFirst()
            .orElseThrow();
    byte[] strange = elsewhere.getBytes(StandardCharsets.UTF_8);
    byte[] plan = venue.encoded(entry(601, "a7", "1").build());

    try (PlanExecutor executor = started()) {
      // when
      venue.send(Topic.APPLY_PLAN, partition, key, new byte[] {1, 2, 3}, venue.nowMs());
      venue.send(Topic.APPLY_PLAN, partition, key, null, venue.nowMs());
      venue.send(Topic.APPLY_PLAN, partition, key, plan, venue.nowMs());
      venue.send(Topic.APPLY_PLAN, partition, strange, plan, venue.nowMs());
      venue.plan(entry(602, "a6", "1"));
      venue.awaitDrained();
      assertThat(executor.failure()).isEmpty();
    }

    // then
    List<ConsumerRecord<byte[], byte[]>> dead = venue.records(Topic.DEAD_LETTER, 0);
    assertThat(dead.subList(deadBefore, dead.size()))
        .extracting(record -> header(record, "__streams.errors.exception"))
        .containsExactly(
            "org.apache.kafka.common.errors.SerializationException",
            UnreadableRecordException.class.getName(),
            "KEY_VALUE_MISMATCH",
            "KEY_PARTITION_MISMATCH");
    assertThat(dead.getLast().value()).isEqualTo(plan);
    assertThat(header(dead.getLast(), "__streams.errors.topic"))
        .isEqualTo(Topic.APPLY_PLAN.topicName());
    assertThat(venue.results("a6")).extracting(ApplyResult::getPlanId).containsOnly(Plans.id(602));
    assertThat(venue.results("a7")).isEmpty();
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void shouldEndWhereAnotherHasTakenItsPlace() {
    try (PlanExecutor first = started()) {
      // given
      Venue.await("the first to work", first::isAssigned);

      // when
      try (PlanExecutor second = started()) {
        Venue.await("the second to work", second::isAssigned);
        venue.clock();
        Venue.await("the first to end", () -> !first.isRunning());

        // then
        assertThat(first.failure()).isPresent();
        venue.plan(entry(801, "a8", "1"));
        venue.awaitDrained();
        assertThat(second.isRunning()).isTrue();
      }
    }
    assertThat(venue.results("a8"))
        .filteredOn(ApplyResult::getFinalResult)
        .extracting(ApplyResult::getOutcome)
        .containsExactly(ResultOutcome.FILLED);
  }

  @Test
  void shouldShareTheWorkAndTakeItOver() {
    // given: an account in each partition
    String first = "a9";
    String second =
        Stream.of("z1", "z2", "z3", "z4")
            .filter(account -> Venue.partitionOf(account) != Venue.partitionOf(first))
            .findFirst()
            .orElseThrow();
    try (PlanExecutor staying = started("staying")) {
      Venue.await("it to work", staying::isAssigned);
      venue.plan(entry(901, first, "1"));
      venue.awaitDrained();

      // when: another comes to help
      try (PlanExecutor helping = started("helping")) {
        Venue.await("the other to work", helping::isAssigned);
        venue.plan(entry(902, first, "1"));
        venue.plan(entry(903, second, "1"));
        venue.awaitDrained();
        assertThat(staying.isAssigned()).isTrue();
        assertThat(helping.failure()).isEmpty();
      }

      // when: it is gone
      venue.plan(closing(904, first, "2"));
      venue.plan(closing(905, second, "1"));
      venue.awaitDrained();
      assertThat(staying.failure()).isEmpty();
    }

    // then
    assertThat(venue.results(first))
        .filteredOn(ApplyResult::getFinalResult)
        .extracting(ApplyResult::getPlanId, ApplyResult::getFilledQuantity)
        .usingElementComparator(
            Comparator.<Tuple, String>comparing(tuple -> (String) tuple.toList().getFirst())
                .thenComparing(tuple -> (BigDecimal) tuple.toList().getLast()))
        .containsExactly(
            tuple(Plans.id(901), BigDecimal.ONE),
            tuple(Plans.id(902), BigDecimal.ONE),
            tuple(Plans.id(904), BigDecimal.TWO));
    assertThat(last(first).getPositions()).isEmpty();
    assertThat(venue.results(second))
        .filteredOn(ApplyResult::getFinalResult)
        .extracting(ApplyResult::getPlanId, ApplyResult::getOutcome)
        .containsExactly(
            tuple(Plans.id(903), ResultOutcome.FILLED), tuple(Plans.id(905), ResultOutcome.FILLED));
  }
}
