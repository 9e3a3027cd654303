package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.OrderSide;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserEventTest {

  private static String order(String execution, String more) {
    return """
        {"e":"ORDER_TRADE_UPDATE","E":3,"T":2,"o":{"s":"BTCUSDT","c":"web_1","S":"SELL",
        "o":"MARKET","q":"0.002","x":"%s","X":"FILLED","i":8886774,"l":"0.001","z":"0.001",
        "L":"60000.10","T":1700000000000,"t":12,"R":true%s}}"""
        .formatted(execution, more);
  }

  @Test
  void shouldReadATrade() {
    // when
    UserEvent event = UserEvent.of(order("TRADE", ",\"N\":\"BNB\",\"n\":\"0.0001\""));

    // then
    assertThat(event)
        .isEqualTo(
            new UserEvent.Traded(
                new Trade(
                    "BTCUSDT",
                    12,
                    8886774,
                    OrderSide.SELL,
                    new BigDecimal("0.001"),
                    new BigDecimal("60000.10"),
                    new BigDecimal("0.0001"),
                    "BNB",
                    1_700_000_000_000L),
                new OrderFacts("web_1", true, false)));
  }

  @Test
  void shouldReadATradeWithoutCommissionOfTheInsuranceFund() {
    assertThat(UserEvent.of(order("CALCULATED", ",\"N\":null,\"n\":null")))
        .isInstanceOfSatisfying(
            UserEvent.Traded.class,
            traded -> {
              assertThat(traded.facts().byInsurance()).isTrue();
              assertThat(traded.trade().commissionAsset()).isEmpty();
              assertThat(traded.trade().commission()).isZero();
            });
  }

  @Test
  void shouldAskForATradeThatHasNoId() {
    assertThat(UserEvent.of(order("CALCULATED", "").replace("\"t\":12", "\"t\":0")))
        .isInstanceOf(UserEvent.Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NEW", "CANCELED", "EXPIRED", "AMENDMENT"})
  void shouldPassOverWhatIsNoTrade(String execution) {
    assertThat(UserEvent.of(order(execution, ""))).isInstanceOf(UserEvent.Other.class);
  }

  @Test
  void shouldReadTheAnnouncementOfATrade() {
    assertThat(
            UserEvent.of(
                "{\"e\":\"TRADE_LITE\",\"E\":3,\"T\":2,\"s\":\"BTCUSDT\",\"c\":\"x\",\"S\":\"BUY\","
                    + "\"L\":\"1\",\"l\":\"1\",\"t\":77,\"i\":5}"))
        .isEqualTo(new UserEvent.Announced("BTCUSDT", 77));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"ai\":\"\"", ",\"ai\":null"})
  void shouldReadATriggeredOrderThatDoesNotSayWhatItBecame(String actual) {
    assertThat(
            UserEvent.of(
                "{\"e\":\"ALGO_UPDATE\",\"T\":1,\"E\":2,\"o\":{\"caid\":\"qs-1\",\"aid\":3,"
                    + "\"s\":\"BTCUSDT\",\"X\":\"TRIGGERED\""
                    + actual
                    + "}}"))
        .isEqualTo(new UserEvent.Conditional("BTCUSDT", "qs-1", "TRIGGERED", 0, ""));
  }

  @Test
  void shouldReadWhatElseMatters() {
    assertThat(
            UserEvent.of(
                "{\"stream\":\"key\",\"data\":{\"e\":\"ACCOUNT_CONFIG_UPDATE\",\"E\":1,\"T\":1,"
                    + "\"ac\":{\"s\":\"BTCUSDT\",\"l\":25}}}"))
        .isEqualTo(new UserEvent.LeverageSet("BTCUSDT", 25));
    assertThat(
            UserEvent.of(
                "{\"e\":\"ACCOUNT_UPDATE\",\"E\":1,\"T\":1,\"a\":{\"m\":\"FUNDING_FEE\"}}"))
        .isEqualTo(new UserEvent.CashMoved("FUNDING_FEE"));
    assertThat(UserEvent.of("{\"e\":\"ACCOUNT_UPDATE\",\"E\":1,\"T\":1,\"a\":{\"m\":\"ORDER\"}}"))
        .isInstanceOf(UserEvent.Other.class);
    assertThat(UserEvent.of("{\"e\":\"listenKeyExpired\",\"E\":1,\"listenKey\":\"k\"}"))
        .isInstanceOf(UserEvent.KeyExpired.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "{\"e\":\"TRADE_LITE\"}",
        "{\"e\":\"ORDER_TRADE_UPDATE\",\"o\":{\"x\":\"TRADE\",\"l\":\"1\",\"S\":\"BUY\"}}",
        "{\"e\":\"ALGO_UPDATE\",\"o\":{}}"
      })
  void shouldSayThatItMissedWhatItCannotRead(String message) {
    // given
    UserFeed feed = new UserFeed();

    // when
    feed.take(UserEvent.of(message));

    // then
    assertThat(feed.drain().gap()).isTrue();
    assertThat(feed.drain().gap()).isFalse();
  }
}
