package io.quantumtrader.execution.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Positions;
import io.quantumtrader.execution.decision.WalletCheck.Reckoning;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WalletCheckTest {

  private static final long NOW = 1_000_000;
  private static final long LATER = NOW + WalletCheck.PATIENCE_MS;
  private static final Reckoning KNOWN = WalletCheck.of(new BigDecimal("1000"), 0);

  private static BigDecimal of(String number) {
    return new BigDecimal(number);
  }

  private static Reckoning look(Reckoning before, String wallet, String booked, long nowMs) {
    return WalletCheck.look(before, of(wallet), of(booked), true, nowMs);
  }

  @Test
  void shouldTakeTheFirstNumberOnceItHasBeenTheSameForLong() {
    // when
    Reckoning first = look(Reckoning.NONE, "990", "-10", NOW);
    Reckoning young = look(first, "990", "-10", LATER - 1);
    Reckoning known = look(young, "990", "-10", LATER);

    // then
    assertThat(young.beside()).isEmpty();
    assertThat(known.beside().orElseThrow()).isEqualByComparingTo("1000");
    assertThat(known.expected(of("-12")).orElseThrow()).isEqualByComparingTo("988");
  }

  @Test
  void shouldBeginAnewWhereTheFirstNumberChanges() {
    // given
    Reckoning first = look(Reckoning.NONE, "990", "-10", NOW);

    // when: a fill changes both and so nothing; cash that is not listed yet changes one
    Reckoning filled = look(first, "985", "-15", NOW + 1);
    Reckoning moved = look(filled, "984.98", "-15", NOW + 2);

    // then
    assertThat(filled.sinceMs()).isEqualTo(NOW);
    assertThat(moved.sinceMs()).isEqualTo(NOW + 2);
    assertThat(look(moved, "984.98", "-15", LATER).beside()).isEmpty();
    assertThat(look(moved, "984.98", "-15", LATER + 2).beside()).isPresent();
  }

  @Test
  void shouldBeginAnewWhereCashWasToldAndTakeNoNumberWhileSomethingIsUnderWay() {
    // given
    Reckoning first = look(Reckoning.NONE, "990", "-10", NOW);

    // then
    assertThat(WalletCheck.cash(first, of("5"))).isEqualTo(Reckoning.NONE);
    assertThat(WalletCheck.look(first, of("990"), of("-10"), false, LATER)).isEqualTo(first);
    assertThat(WalletCheck.look(Reckoning.NONE, of("990"), of("0"), false, NOW))
        .isEqualTo(Reckoning.NONE);
  }

  @ParameterizedTest
  @CsvSource({"995.009, 0", "995.01, 0", "995.011, 1", "994.989, 1"})
  void shouldDifferByMoreThanTheTolerance(String wallet, int differs) {
    // when
    Reckoning first = look(KNOWN, wallet, "-5", NOW);
    Reckoning later = look(first, wallet, "-5", LATER);

    // then
    assertThat(first.differsSinceMs(NOW)).as("it may be on its way").isZero();
    assertThat(later.differsSinceMs(LATER - 1)).isZero();
    assertThat(later.differsSinceMs(LATER)).isEqualTo(differs * NOW);
  }

  @Test
  void shouldBeginAnewOnceTheyHaveAgreed() {
    // given
    Reckoning differs = look(KNOWN, "990", "-5", NOW);
    Reckoning agrees = look(differs, "995", "-5", NOW + 1);

    // then
    assertThat(agrees.sinceMs()).isZero();
    assertThat(look(agrees, "990", "-5", LATER).differsSinceMs(LATER)).isZero();
  }

  @Test
  void shouldExplainADifferenceByCash() {
    // given: 50 were taken out, which is listed later
    Reckoning differs = look(KNOWN, "945", "-5", NOW);

    // when
    Reckoning told = WalletCheck.cash(differs, of("-50"));

    // then
    assertThat(look(told, "945", "-5", LATER).differsSinceMs(LATER)).isZero();
    assertThat(told.expected(of("-5")).orElseThrow()).isEqualByComparingTo("945");
  }

  @Test
  void shouldGoOnAfterARestart() {
    // when
    Reckoning taken = WalletCheck.of(of("1000"), NOW);

    // then
    assertThat(look(taken, "990", "-5", NOW + 7).sinceMs()).isEqualTo(NOW);
    assertThat(WalletCheck.of(null, NOW)).isEqualTo(Reckoning.NONE);
  }

  @Test
  void shouldBookProfitLessFeesOfAllRows() {
    // given
    PositionLedger flat =
        Positions.row("main", "ETHUSDT", PositionSide.FLAT, "0")
            .setRealizedPnl(of("10"))
            .setFees(of("0.5"))
            .build();
    PositionLedger open =
        Positions.row("main", "BTCUSDT", PositionSide.LONG, "1")
            .setRealizedPnl(of("-3"))
            .setFees(of("0.2"))
            .build();

    // then
    assertThat(WalletCheck.booked(List.of(flat, open))).isEqualByComparingTo("6.3");
    assertThat(WalletCheck.booked(List.of())).isZero();
  }
}
