package io.quantumtrader.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.PositionHold;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ExchangeGaugesTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nowMs = new AtomicLong();
  private final ExchangeGauges gauges = new ExchangeGauges(registry, nowMs::get);

  private void account(String name, long asOfMs, List<PositionHold> holds, String... positions) {
    List<ExchangePosition> open =
        List.of(positions).stream().map(ExchangeGaugesTest::position).toList();
    gauges.account(
        ExchangeAccount.newBuilder()
            .setAccount(name)
            .setAsOfMs(asOfMs)
            .setWallet(BigDecimal.TEN)
            .setPositions(open)
            .setHolds(holds)
            .build());
  }

  /** Makes a position of {@code SYMBOL} or {@code SYMBOL:stop}. */
  private static ExchangePosition position(String text) {
    String[] parts = text.split(":", 2);
    return ExchangePosition.newBuilder()
        .setSymbol(parts[0])
        .setSide(PositionSide.LONG)
        .setQuantity(BigDecimal.ONE)
        .setEntryPrice(BigDecimal.TEN)
        .setStopPrice(parts.length == 1 ? null : new BigDecimal(parts[1]))
        .build();
  }

  private double of(String name, String account) {
    return registry.get(name).tag("account", account).gauge().value();
  }

  @Test
  void shouldShowByWhatTheWalletDiffersOnceThatHasLasted() {
    // given
    ExchangeAccount.Builder differs =
        ExchangeAccount.newBuilder()
            .setAccount("main")
            .setAsOfMs(1)
            .setWallet(new BigDecimal("90.5"))
            .setWalletExpected(new BigDecimal("100"));

    // when
    gauges.account(differs.build());
    double young = of("quantum.wallet.difference", "main");
    gauges.account(differs.setWalletDiffersSinceMs(1).build());

    // then
    assertThat(young).isZero();
    assertThat(of("quantum.wallet.difference", "main")).isEqualTo(-9.5);
  }

  @Test
  void shouldCountHoldsAndPositionsWithoutStopOfEachAccount() {
    // when
    PositionHold hold = new PositionHold("BTCUSDT", BigDecimal.ONE, BigDecimal.TEN, 5L);
    account("main", 1_000, List.of(hold), "BTCUSDT", "ETHUSDT:9", "SOLUSDT");
    account("robot", 1_000, List.of(), "BTCUSDT:9");

    // then
    assertThat(of("quantum.positions.held", "main")).isEqualTo(1);
    assertThat(of("quantum.positions.unprotected", "main")).isEqualTo(2);
    assertThat(of("quantum.positions.held", "robot")).isZero();
    assertThat(of("quantum.positions.unprotected", "robot")).isZero();
    assertThat(of("quantum.unprotected.seconds", "robot")).isZero();
  }

  @Test
  void shouldMeasureHowLongTheOldestHasNoStop() {
    // given
    account("main", 1_000, List.of(), "BTCUSDT");
    account("main", 31_000, List.of(), "BTCUSDT", "ETHUSDT");
    nowMs.set(61_000);

    // then
    assertThat(of("quantum.unprotected.seconds", "main")).isEqualTo(60);
    account("main", 62_000, List.of(), "BTCUSDT:9", "ETHUSDT");
    assertThat(of("quantum.unprotected.seconds", "main")).isEqualTo(30);
    account("main", 63_000, List.of(), "BTCUSDT");
    assertThat(of("quantum.unprotected.seconds", "main")).as("lost again, counted anew").isZero();
  }
}
