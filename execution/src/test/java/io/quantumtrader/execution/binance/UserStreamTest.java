package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.binance.StreamNumbers;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.execution.twin.engine.RestFault;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The key of the user stream is kept alive, and replaced where it is lost. */
class UserStreamTest extends OnTheTwin {

  private static final String PATH = "/fapi/v1/listenKey";

  private final List<String> asked = new CopyOnWriteArrayList<>();

  private final class Asked implements SessionRecorder {

    @Override
    public void answered(
        String account, String method, String path, String query, int status, String body) {
      if (path.equals(PATH)) {
        asked.add(method + " " + status);
      }
    }

    @Override
    public void received(String account, String message) {}

    @Override
    public void close() {}
  }

  @Override
  Duration keepAliveEvery() {
    return Duration.ofMillis(100);
  }

  @BeforeEach
  void listen() {
    exchange.close();
    exchange = open(new Asked());
    follow();
  }

  private void awaitAsked(String call, int times) {
    await(
        () -> {
          assertThat(exchange.marketLink().unplanned(MAIN, now())).isEmpty();
          return asked.stream().filter(call::equals).count() >= times;
        });
  }

  @Test
  void shouldKeepTheKeyAlive() {
    // when
    awaitAsked("PUT 200", 3);

    // then
    assertThat(asked).filteredOn("POST 200"::equals).hasSize(1);
  }

  @Test
  @Tag("assumes-user-stream-address")
  void shouldTakeAnotherKeyWhereTheExchangeDoesNotKnowItAnyMore() {
    // given
    twin.faults().next("PUT", PATH, RestFault.refusal(400, -1125, "This listenKey is unknown"), 1);

    // when
    awaitAsked("POST 200", 2);
    await(() -> exchange.isStreaming(MAIN));
    buy("0.010", PLAN);
    protect(stop("59000", PLAN, ExitTrigger.STOP_HIT));
    twin.price(BTC, new BigDecimal("58900"));

    // then
    assertThat(unplanned(1))
        .singleElement()
        .extracting(UnplannedFill::origin)
        .isEqualTo(ResultOrigin.STOP);
  }

  @Test
  void shouldGoOnAskingForAKeyAndForFillsMeanwhile() {
    // given: no key is to be had, and the connection is gone
    twin.faults().next("POST", PATH, RestFault.refusal(503, -1001, "Internal error"), 2);
    twin.cutUserStreams();
    buy("0.010", PLAN);
    twin.closeByHand(MAIN, BTC, BigDecimal.ONE);

    // then
    assertThat(unplanned(1)).hasSize(1);
    await(() -> exchange.isStreaming(MAIN));
  }

  @Test
  void shouldCountWhatTheStreamDoesAlsoWhereItBeginsAnew() {
    // given
    await(() -> exchange.isStreaming(MAIN));
    assertThat(exchange.streamNumbers(MAIN).reconnects()).isZero();

    // when
    twin.cutUserStreams();
    buy("0.010", PLAN);
    twin.closeByHand(MAIN, BTC, BigDecimal.ONE);
    assertThat(unplanned(1)).hasSize(1);
    await(() -> exchange.streamNumbers(MAIN).reconnects() >= 1 && exchange.isStreaming(MAIN));
    buy("0.010", PLAN + "b");
    await(() -> exchange.streamNumbers(MAIN).messages() > 0);

    // then
    StreamNumbers told = exchange.streamNumbers(MAIN);
    assertThat(told.wanted()).isEqualTo(1);
    assertThat(told.standing()).isEqualTo(1);
    assertThat(told.gapsFilled()).isPositive();
    assertThat(told.silenceMs()).isBetween(0L, 60_000L);
    assertThat(exchange.answers(MAIN).ms()).isBetween(0L, 60_000L);

    // when: another executor has the account, and gives it back
    exchange.marketLink().forget(MAIN);
    StreamNumbers forgotten = exchange.streamNumbers(MAIN);
    follow();
    await(() -> exchange.isStreaming(MAIN));

    // then
    assertThat(forgotten.wanted()).isZero();
    assertThat(forgotten.standing()).isZero();
    assertThat(forgotten.silenceMs()).isEqualTo(-1);
    assertThat(exchange.streamNumbers(MAIN).wanted()).isEqualTo(1);
    assertThat(exchange.streamNumbers(MAIN).messages())
        .isGreaterThanOrEqualTo(forgotten.messages());
  }
}
