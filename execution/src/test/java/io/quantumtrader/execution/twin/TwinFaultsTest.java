package io.quantumtrader.execution.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.execution.twin.SignedClient.Answer;
import io.quantumtrader.execution.twin.engine.RestFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What goes wrong on demand, by the program and over HTTP. */
final class TwinFaultsTest extends TwinTestBase {
  private static final String ORDER = "/fapi/v1/order";

  @Test
  void shouldTimeOutWithTheOrderExecutedOrNot() {
    twin.faults().next("POST", ORDER, RestFault.timeout(true), 1);
    twin.faults().next("POST", ORDER, RestFault.timeout(false), 1);

    Answer executed = client.market(BTC, "BUY", "0.010", "&newClientOrderId=done");
    Answer lost = client.market(BTC, "BUY", "0.010", "&newClientOrderId=never");

    assertThat(executed.status()).isEqualTo(408);
    assertThat(executed.code()).isEqualTo(-1007);
    assertThat(lost.code()).isEqualTo(-1007);
    assertThat(code("done")).isZero();
    assertThat(code("never")).isEqualTo(-2013);
    assertThat(twin.state().orders(ACCOUNT)).hasSize(1);
  }

  @Test
  void shouldCutTheConnectionWithTheOrderExecutedOrNot() {
    twin.faults().next("POST", ORDER, RestFault.cut(true), 1);
    twin.faults().next("POST", ORDER, RestFault.cut(false), 1);

    assertThatThrownBy(() -> client.market(BTC, "BUY", "0.010", "&newClientOrderId=done"))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> client.market(BTC, "BUY", "0.010", "&newClientOrderId=never"))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(code("done")).isZero();
    assertThat(code("never")).isEqualTo(-2013);
  }

  @Test
  void shouldLoseTheAnswerToARefusedOrderToo() {
    twin.faults().next("POST", ORDER, RestFault.timeout(true), 1);

    Answer answer = client.market(BTC, "BUY", "0", "");

    assertThat(answer.code()).isEqualTo(-1007);
    assertThat(twin.state().orders(ACCOUNT)).isEmpty();
  }

  @Test
  void shouldSayNothingForAWhileAndThenCutTheConnection() {
    twin.faults().next("POST", ORDER, RestFault.silence(true, 40), 1);

    long before = System.nanoTime();
    assertThatThrownBy(() -> client.market(BTC, "BUY", "0.010", "&newClientOrderId=done"))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(System.nanoTime() - before)
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(40));
    assertThat(code("done")).isZero();
  }

  @Test
  void shouldAnswerATimeOutNowAndExecuteTheOrderLater() {
    twin.faults().next("POST", ORDER, RestFault.timeout(false).arrivingAfter(3_000), 1);

    Answer answer = client.market(BTC, "BUY", "0.010", "&newClientOrderId=late");

    assertThat(answer.code()).isEqualTo(-1007);
    clock.addAndGet(2_999);
    twin.tick();
    assertThat(code("late")).isEqualTo(-2013);
    clock.addAndGet(1);
    assertThat(code("late")).isZero();
    twin.tick();
    assertThat(twin.state().trades(ACCOUNT)).hasSize(1);
  }

  @Test
  void shouldRefuseAnOrderThatComesAfterItsReceiveWindow() {
    twin.faults().next("POST", ORDER, RestFault.cut(false).arrivingAfter(5_001), 1);

    assertThatThrownBy(() -> client.market(BTC, "BUY", "0.010", ""))
        .isInstanceOf(UncheckedIOException.class);
    clock.addAndGet(5_001);
    twin.tick();

    assertThat(twin.state().orders(ACCOUNT)).isEmpty();
  }

  @Test
  void shouldHoldUpAShareOfTheOrdersBySeed() {
    twin.faults().late(1, 4_000);

    Answer first = client.market(BTC, "BUY", "0.010", "&newClientOrderId=held");

    assertThat(first.code()).isEqualTo(-1007);
    assertThat(twin.state().orders(ACCOUNT)).isEmpty();
    twin.faults().clear();
    clock.addAndGet(4_000);
    twin.tick();
    assertThat(twin.state().orders(ACCOUNT)).hasSize(1);
  }

  @Test
  void shouldBeOverloadedForEntriesAndServeExits() {
    client.market(BTC, "BUY", "0.010", "");
    twin.faults().next("POST", ORDER, RestFault.overload(), 1);

    Answer exit = client.market(BTC, "SELL", "0.005", "&reduceOnly=true");
    Answer entry = client.market(BTC, "BUY", "0.010", "");
    Answer again = client.market(BTC, "BUY", "0.010", "");

    assertThat(exit.status()).isEqualTo(200);
    assertThat(entry.code()).isEqualTo(-1008);
    assertThat(entry.status()).isEqualTo(503);
    assertThat(again.status()).isEqualTo(200);
  }

  @Test
  void shouldSayALimitIsReached() {
    twin.faults().next("", "/fapi/v1/time", RestFault.limited(429, 7), 1);
    twin.faults().next("", "/fapi/v1/time", RestFault.limited(418, 90), 1);

    Answer limited = client.send("GET", "/fapi/v1/time");
    Answer banned = client.send("GET", "/fapi/v1/time");

    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.header("Retry-After")).isEqualTo("7");
    assertThat(banned.status()).isEqualTo(418);
    assertThat(banned.header("Retry-After")).isEqualTo("90");
    assertThat(client.send("GET", "/fapi/v1/time").status()).isEqualTo(200);
  }

  @Test
  void shouldFailOrdersByChanceAndAlwaysTheSame() {
    List<String> first = chances();
    stop();
    restart();
    List<String> second = chances();

    assertThat(first).isEqualTo(second).contains("cut", "-1007", "0");
  }

  @Test
  void shouldWaitAsLongAsWanted() {
    twin.faults().latencyMs(60);

    long before = System.nanoTime();
    Answer answer = client.send("GET", "/fapi/v1/time");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(System.nanoTime() - before)
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(60));
  }

  @Test
  void shouldDoubleDelayLoseAndSilenceEvents() {
    try (StreamClient stream = user()) {
      twin.faults().streams().twice(1);
      client.market(BTC, "BUY", "0.010", "");
      assertThat(types(stream, 5))
          .containsExactly(
              "ORDER_TRADE_UPDATE",
              "ORDER_TRADE_UPDATE",
              "TRADE_LITE",
              "ACCOUNT_UPDATE",
              "ORDER_TRADE_UPDATE");

      twin.faults().streams().later(1);
      client.market(BTC, "BUY", "0.010", "");
      assertThat(types(stream, 4))
          .containsExactly(
              "TRADE_LITE", "ORDER_TRADE_UPDATE", "ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE");

      twin.faults().streams().lose(3);
      client.market(BTC, "BUY", "0.010", "");
      assertThat(types(stream, 1)).containsExactly("ORDER_TRADE_UPDATE");

      twin.faults().streams().silenceUsers(true);
      client.market(BTC, "BUY", "0.010", "");
      twin.faults().streams().silenceUsers(false);
      twin.fund();
      assertThat(types(stream, 1)).containsExactly("ACCOUNT_UPDATE");
    }
  }

  @Test
  void shouldReleaseWhatIsHeldBackAtTheNextTick() {
    try (StreamClient stream = user()) {
      twin.faults().streams().later(1);
      twin.change((core, now) -> core.transfer(ACCOUNT, BigDecimal.TEN, now));
      twin.tick();

      assertThat(types(stream, 1)).containsExactly("ACCOUNT_UPDATE");
    }
  }

  @Test
  void shouldCutAStreamAtAnyKindOfEvent() {
    for (String type : List.of("ORDER_TRADE_UPDATE", "TRADE_LITE", "ACCOUNT_UPDATE")) {
      try (StreamClient stream = user()) {
        twin.faults().streams().cutAt(type);
        client.market(BTC, "BUY", "0.010", "");

        assertThat(stream.ended()).isEqualTo(1006);
      }
    }
  }

  @Test
  void shouldDelayEventsAsLongAsWanted() {
    try (StreamClient stream = user()) {
      twin.faults().streamLatencyMs(30);
      client.market(BTC, "BUY", "0.010", "");

      assertThat(types(stream, 4))
          .containsExactly(
              "ORDER_TRADE_UPDATE", "TRADE_LITE", "ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE");
    }
  }

  private void restart() {
    try {
      start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private List<String> chances() {
    twin.faults().random(0.4);
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      outcomes.add(chance(i));
    }
    outcomes.add("orders " + twin.state().orders(ACCOUNT).size());
    return outcomes;
  }

  private String chance(int number) {
    String side = number % 2 == 0 ? "BUY" : "SELL";
    try {
      return Integer.toString(client.market(BTC, side, "0.010", "").code());
    } catch (UncheckedIOException cut) {
      return "cut";
    }
  }

  private int code(String clientId) {
    return client.signed("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=" + clientId).code();
  }

  private static List<String> types(StreamClient stream, int count) {
    List<String> types = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonNode event = stream.next();
      types.add(event.path("e").asText());
    }
    return types;
  }

  private StreamClient user() {
    String key = client.signed("POST", "/fapi/v1/listenKey", "").body().path("listenKey").asText();
    return new StreamClient(twin.streamUrl(), "/private/ws/" + key);
  }
}
