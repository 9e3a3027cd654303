package io.quantumtrader.topology.symbol;

import static io.quantumtrader.topology.decision.market.Candles.SYMBOL;
import static io.quantumtrader.topology.decision.market.Candles.at;
import static io.quantumtrader.topology.decision.market.Candles.candle;
import static io.quantumtrader.topology.decision.market.Candles.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Candles to market states through the whole sub-topology. */
final class MarketStageTest {

  private static final String REGISTRY = "market-stage";

  @TempDir Path directory;
  private SymbolDriver driver;

  @BeforeEach
  void openDriver() {
    driver = new SymbolDriver(directory, REGISTRY);
  }

  @AfterEach
  void closeDriver() {
    driver.close();
  }

  private static Candle moving(String symbol, long n) {
    return candle(n, Long.toString(100 + n % 7)).setSymbol(symbol).build();
  }

  private void warm(String symbol, long candles) {
    for (long n = 0; n < candles; n++) {
      driver.candle(moving(symbol, n));
    }
  }

  @Test
  void shouldPublishAStateForEachCandleFromNumber257On() {
    // given
    warm(SYMBOL, 256);
    assertThat(driver.states()).isEmpty();

    // when
    driver.candle(moving(SYMBOL, 256));
    driver.candle(moving(SYMBOL, 257));

    // then
    List<TestRecord<String, MarketState>> states = driver.states();
    assertThat(states).hasSize(2);
    assertThat(states.getFirst().key()).isEqualTo(SYMBOL);
    assertThat(states.getFirst().timestamp()).isEqualTo(at(257));
    assertThat(states.getFirst().value().getAsOfMs()).isEqualTo(at(257));
    assertThat(states.getLast().value().getBufferSize()).isEqualTo(258);
    assertThat(driver.codes()).containsExactly("WARMING_UP");
  }

  @Test
  void shouldKeepSymbolsApart() {
    // given
    warm("AUSDT", 256);
    driver.candle(moving("BUSDT", 256));

    // when
    driver.candle(moving("AUSDT", 256));
    driver.candle(moving("BUSDT", 257));

    // then
    assertThat(driver.states()).extracting(TestRecord::key).containsExactly("AUSDT");
    assertThat(driver.decisions())
        .extracting(record -> record.value().getSymbol())
        .containsExactly("AUSDT", "BUSDT");
  }

  @Test
  void shouldRecordWhatHappensToACandle() {
    // given
    driver.policy(Policy.newBuilder().setVersion(3).setCreatedAtMs(at(0)).build());
    driver.candle(candle(1).build());
    driver.drain();

    // when
    driver.candle(candle(0).build());

    // then
    TestRecord<String, Decision> record = driver.decisions().getFirst();
    Decision decision = record.value();
    assertThat(record.key()).isEqualTo("*");
    assertThat(record.timestamp()).isEqualTo(at(1));
    assertThat(decision.getAccount()).isEqualTo("*");
    assertThat(decision.getStage()).isEqualTo("market-state");
    assertThat(decision.getVerdict()).isEqualTo(Verdict.RECORDED);
    assertThat(decision.getCode()).isEqualTo("CANDLE_OUT_OF_ORDER");
    assertThat(decision.getCauseType()).isEqualTo(CauseType.CANDLE);
    assertThat(decision.getCauseId()).isEqualTo(SYMBOL + "@" + at(0));
    assertThat(decision.getSymbol()).isEqualTo(SYMBOL);
    assertThat(decision.getAtMs()).isEqualTo(at(1));
    assertThat(decision.getPolicyVersion()).isEqualTo(3);
    assertThat(decision.getLookups().getFirst().getAgeMs()).isEqualTo(60_000);
  }

  @Test
  void shouldGiveEachDecisionAnIdOfItsOwn() {
    // given
    driver.candle(candle(1).build());

    // when
    driver.candle(candle(0).build());
    driver.candle(candle(0).build());
    driver.candle(candle(2).setHigh(dec("1")).build());
    driver.candle(candle(2).setHigh(dec("2")).build());

    // then
    List<String> ids =
        driver.decisions().stream().map(record -> record.value().getDecisionId()).toList();
    assertThat(ids).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void shouldPublishTheLastGoodStateAsSuspectAndThenTheRestoredOne() {
    // given
    warm(SYMBOL, 260);
    List<TestRecord<String, MarketState>> good = driver.states();
    driver.drain();

    // when
    driver.candle(candle(260, "200").build());
    driver.candle(candle(261, "210").build());

    // then
    List<TestRecord<String, MarketState>> states = driver.states();
    assertThat(states).hasSize(2);
    assertThat(states.getFirst().timestamp()).isEqualTo(at(260));
    assertThat(states.getFirst().value())
        .isEqualTo(MarketState.newBuilder(good.getLast().value()).setPriceSuspect(true).build());
    assertThat(states.getLast().value().getPriceSuspect()).isFalse();
    assertThat(states.getLast().value().getLastPrice()).isEqualByComparingTo("210");
    assertThat(states.getLast().value().getBufferSize()).isEqualTo(262);
    assertThat(driver.codes()).containsExactly("CANDLE_SUSPECT", "PRICE_RESTORED");
  }

  @Test
  void shouldTakeItsLimitsFromThePolicy() {
    // given
    driver.policy(
        Policy.newBuilder().setVersion(1).setCandleMaxJump(0.5).setCandleMaxGap(7).build());
    driver.candle(candle(0).build());
    driver.drain();

    // when
    driver.candle(candle(8, "150").build());

    // then
    assertThat(driver.codes()).isEmpty();
  }

  @Test
  void shouldDropWhatSaysItClosesAfterItsRecord() {
    // when
    driver.candle(SYMBOL, candle(1_000_000).build(), at(1));
    driver.candle(candle(1).build());

    // then
    assertThat(driver.codes()).containsExactly("TIME_INVALID", "WARMING_UP");
  }

  @Test
  void shouldDropWhatIsNoCandleAndGoOn() {
    // when
    driver.candle(candle(0).setClose(dec("0")).build());
    driver.candle(candle(0).build());

    // then
    assertThat(driver.codes()).containsExactly("CANDLE_INVALID", "WARMING_UP");
  }

  @Test
  void shouldDeadLetterWhatBelongsToNoSymbol() {
    // when
    driver.candle(SYMBOL, null, at(1));
    driver.candle("ETHUSDT", candle(0).build(), at(1));
    driver.candle("A:B", candle(0).setSymbol("A:B").build(), at(1));
    driver.candle(null, candle(0).build(), at(1));
    driver.candle(candle(0).build());

    // then
    assertThat(driver.deadLetters())
        .containsExactly(
            "VALUE_MISSING", "KEY_VALUE_MISMATCH", "SYMBOL_INVALID", "KEY_VALUE_MISMATCH");
    assertThat(driver.codes()).containsExactly("WARMING_UP");
  }

  @Test
  void shouldGoOnAfterARestartAsIfNothingHadHappened(@TempDir Path other) {
    // given
    List<Candle> candles = randomCandles();
    List<MarketState> uninterrupted = new ArrayList<>();
    List<String> codes = new ArrayList<>();
    try (SymbolDriver whole = new SymbolDriver(other, REGISTRY)) {
      candles.forEach(whole::candle);
      whole.states().forEach(record -> uninterrupted.add(record.value()));
      codes.addAll(whole.codes());
    }

    // when
    List<MarketState> interrupted = new ArrayList<>();
    List<String> interruptedCodes = new ArrayList<>();
    for (int i = 0; i < candles.size(); i++) {
      if (i % 59 == 0) {
        driver = driver.restarted(directory, REGISTRY);
      }
      driver.candle(candles.get(i));
      driver.states().forEach(record -> interrupted.add(record.value()));
      interruptedCodes.addAll(driver.codes());
    }

    // then
    assertThat(interrupted).hasSizeGreaterThan(50).isEqualTo(uninterrupted);
    assertThat(interruptedCodes).contains("CANDLE_SUSPECT").isEqualTo(codes);
  }

  private static List<Candle> randomCandles() {
    Random random = new Random(11);
    List<Candle> candles = new ArrayList<>();
    long minute = 0;
    for (int i = 0; i < 360; i++) {
      int dice = random.nextInt(50);
      minute += dice < 5 ? 0 : dice < 8 ? 3 : 1;
      String close = (dice == 49 ? 200 : 100) + "." + random.nextInt(1_000);
      candles.add(candle(minute, close).build());
    }
    return candles;
  }
}
