package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Candles;
import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps of the clock that the executor does not believe. The wall clock says 1,000,000. */
final class ClockRefusedTest {

  private static final String ETH = "ETHUSDT";
  private static final long YEAR_9999 = 253_370_764_800_000L;
  private static final PaperSettings PAPER =
      PaperSettings.DEFAULT.withCosts(BigDecimal.ZERO, BigDecimal.ZERO);

  private final MockClients clients = new MockClients(PartitionHistory.NONE);
  private long wallMs = 1_000_000;
  private ExecutorSession session;
  private long offset;

  @BeforeEach
  void open() {
    ExecutorSettings settings = MockClients.settings().wallClock(() -> wallMs).build();
    session =
        new ExecutorSession(settings, new PaperExchange(PAPER), clients, CrashPoint.Watch.NONE);
    session.open();
    clients.assign();
    Control active =
        Control.newBuilder()
            .setAccount("*")
            .setTradingState(TradingState.ACTIVE)
            .setAtMs(0)
            .build();
    clients.add(Topic.CONTROL, "*", clients.encoded(Topic.CONTROL, active));
    session.step();
  }

  private void clock(long nowMs, long epoch, long recordMs) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(ClockEpoch.header(epoch));
    byte[] value = clients.encoded(Topic.CLOCK, new Clock(nowMs, 1_000L, 0));
    clients.plans.addRecord(
        new ConsumerRecord<>(
            Topic.CLOCK.topicName(),
            0,
            offset++,
            recordMs,
            TimestampType.CREATE_TIME,
            0,
            0,
            "0".getBytes(StandardCharsets.UTF_8),
            value,
            headers,
            Optional.empty()));
    session.step();
  }

  private void mark(Candle candle) {
    clients.add(Topic.MARK, candle.getSymbol(), clients.encoded(Topic.MARK, candle));
  }

  /** Opens a long with its stop, and steps. */
  private void enter() {
    mark(Candles.flat(ETH, 0, "2000"));
    ApplyPlan entry =
        ApplyPlan.newBuilder(Plans.entry(1, ETH, OrderSide.BUY, "2"))
            .setStopPrice(new BigDecimal("1900"))
            .build();
    clients.add(Topic.APPLY_PLAN, "main", clients.encoded(Topic.APPLY_PLAN, entry));
    session.step();
    session.step();
  }

  private List<ApplyResult> results() {
    return clients.written(Topic.APPLY_RESULT, ApplyResult.class);
  }

  /** What the accounts were last published at: the clock of the desk. */
  private List<Long> published() {
    return clients.written(Topic.EXCHANGE_ACCOUNT, ExchangeAccount.class).stream()
        .map(ExchangeAccount::getAsOfMs)
        .toList();
  }

  private List<String> refused() {
    return clients.producer.history().stream()
        .filter(record -> record.topic().equals(Topic.DEAD_LETTER.topicName()))
        .map(record -> record.headers().lastHeader("__streams.errors.exception").value())
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    // step, epoch, record time, reason
    "1004999,0,5000,",
    "1005000,0,5000,",
    "1005001,0,5000,CLOCK_IN_FUTURE",
    "253370764800000,0,5000,CLOCK_IN_FUTURE",
    "-1,0,5000,TIME_INVALID",
    "6000,1005001,5000,CLOCK_NOT_OF_THE_FEED",
    "6000,0,1005000,",
    "6000,0,1005001,TIME_INVALID",
    "6000,0,-1,",
    "6000,0,-2,TIME_INVALID",
  })
  void shouldRefuseWhatTheStagesRefuse(long stepMs, long epoch, long recordMs, String reason) {
    // when
    clock(stepMs, epoch, recordMs);

    // then
    assertThat(refused()).isEqualTo(reason == null ? List.of() : List.of(reason));
    assertThat(published()).isEqualTo(reason == null ? List.of(stepMs) : List.of());
  }

  @Test
  void shouldRefuseTheClockOfAFeedThatAnotherHasTakenOverFrom() {
    // when
    clock(5_000, 7, 5_000);
    clock(50_000, 6, 50_000);
    clock(90_000, 8, 90_000);
    clock(130_000, 7, 130_000);

    // then
    assertThat(refused()).containsExactly("CLOCK_NOT_OF_THE_FEED", "CLOCK_NOT_OF_THE_FEED");
    assertThat(published()).containsExactly(5_000L, 90_000L);
  }

  @ParameterizedTest
  @CsvSource({"253370764800000", "5000", "4000"})
  void shouldReportAStopWhileTheClockIsRefusedOrStands(long stepMs) {
    // given
    clock(5_000, 7, 5_000);
    enter();

    // when
    mark(Candles.flat(ETH, 60_000, "1"));
    clock(stepMs, 7, 5_000);
    session.step();

    // then
    assertThat(results()).last().extracting(ApplyResult::getOrigin).isEqualTo(ResultOrigin.STOP);
    assertThat(results().getLast().getAtMs()).isEqualTo(5_000);
  }

  @Test
  void shouldGoBackWithAWallClockThatWasWrong() {
    // given
    clock(900_000, 7, 5_000);
    wallMs = YEAR_9999;
    clock(YEAR_9999, 7, 5_000);
    wallMs = 1_000_000;

    // when
    clock(950_000, 7, 5_000);

    // then
    assertThat(published()).containsExactly(900_000L, YEAR_9999, 950_000L);
    assertThat(refused()).isEmpty();
  }

  @Test
  void shouldGoBackWhereItNeverHadAStepToBelieve() {
    // given
    wallMs = YEAR_9999;
    clock(YEAR_9999, YEAR_9999, 5_000);
    wallMs = 1_000_000;

    // when
    clock(950_000, 7, 5_000);

    // then
    assertThat(published()).containsExactly(YEAR_9999, 950_000L);
    assertThat(refused()).isEmpty();
  }

  @Test
  void shouldTakeTheClockUpByStepsThatCanBeBelieved() {
    // given
    LastClock clock = new LastClock(1_000_000);
    clock.see(record(5_000, 7), Optional.of(new Clock(5_000L, 1_000L, 0)));
    clock.see(record(5_000, 7), Optional.of(new Clock(YEAR_9999, 1_000L, 0)));
    clock.see(record(5_000, 6), Optional.of(new Clock(9_000L, 1_000L, 0)));
    clock.see(record(YEAR_9999, 7), Optional.of(new Clock(9_000L, 1_000L, 0)));
    clock.see(record(5_000, 7), Optional.of(new Clock(9_000L, 1_000L, 3)));
    clock.see(record(5_000, 7), Optional.empty());

    // then
    assertThat(clock.isKnown()).isTrue();
    assertThat(clock.nowMs()).isEqualTo(5_000);
    assertThat(clock.epoch()).isEqualTo(7);
    assertThat(new LastClock(1).isKnown()).isFalse();
  }

  private static ConsumerRecord<byte[], byte[]> record(long recordMs, long epoch) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(ClockEpoch.header(epoch));
    return new ConsumerRecord<>(
        Topic.CLOCK.topicName(),
        0,
        0,
        recordMs,
        TimestampType.CREATE_TIME,
        0,
        0,
        new byte[0],
        new byte[0],
        headers,
        Optional.empty());
  }
}
