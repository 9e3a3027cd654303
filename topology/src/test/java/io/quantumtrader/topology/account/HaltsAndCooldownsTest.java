package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.HOUR;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.fill;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.Given.result;
import static io.quantumtrader.topology.account.DenialsInSubtopologyTest.freshen;
import static io.quantumtrader.topology.account.DenialsInSubtopologyTest.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.topology.Given;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Denials that end by themselves as the clock passes. */
final class HaltsAndCooldownsTest {

  @TempDir Path directory;

  @Test
  void shouldGiveEntriesAWayBackAsTheClockPasses() {
    try (AccountDriver driver = new AccountDriver(directory).open()) {
      // given: a quarter of an hour after it became flat
      driver.result(result(BTC, OrderSide.SELL, fill("f", "1", "71000")));
      driver.result(result(BTC, OrderSide.BUY, fill("g", "1", "71000")));
      driver.drain();
      long later = NOON + 15 * MINUTE;
      driver.exchange(Given.exchange(MAIN, "10000", later));
      driver.state(Given.state(BTC).setAsOfMs(later).build());

      // when
      driver.clock(later - 1);
      driver.drain();
      Decision early = driver.decide(intent("early").setCreatedAtMs(later));
      driver.clock(later);
      driver.drain();
      Decision due = driver.decide(intent("due").setCreatedAtMs(later));

      // then
      assertThat(early.getCode()).isEqualTo("CHURN_COOLDOWN");
      assertThat(due.getCode()).isEqualTo("PERMIT_GRANTED");
    }
  }

  @Test
  void shouldHoldAHaltForAnHourOfTheClock() {
    try (AccountDriver driver = new AccountDriver(directory).open()) {
      // given
      trade(driver, "-1", "-1", "-1");
      long end = NOON + 2 + HOUR;

      // when
      freshen(driver, end - 1);
      Decision during = driver.decide(intent("a").setCreatedAtMs(end - 1));
      freshen(driver, end);
      Decision after = driver.decide(intent("b").setCreatedAtMs(end));

      // then
      assertThat(during.getCode()).isEqualTo("LOSS_STREAK_LIMIT");
      assertThat(after.getCode()).isEqualTo("PERMIT_GRANTED");
    }
  }
}
