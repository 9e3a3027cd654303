package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.RateBudget;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.binance.SignedRest;
import io.quantumtrader.binance.Signer;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.execution.twin.core.TwinTrade;
import io.quantumtrader.execution.twin.engine.RestFault;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the stream does not tell is asked for: without a stream, and with a clock of the test. */
class AccountTradesTest extends OnTheTwin {

  private final AtomicLong aheadMs = new AtomicLong();
  private final UserFeed feed = new UserFeed();
  private SignedRest rest;
  private AccountTrades trades;

  @Override
  Duration syncEvery() {
    return Duration.ofSeconds(60);
  }

  private long wallMs() {
    return System.currentTimeMillis() + aheadMs.get();
  }

  @BeforeEach
  void begin() {
    rest =
        new SignedRest(
            settings().environment(),
            new ApiKey(MAIN, KEY, Signer.hmac(SECRET)),
            settings().rest(),
            this::wallMs,
            RateBudget.documented(),
            SessionRecorder.none());
    Positions positions = new Positions(rest);
    ConditionalOrders conditional = new ConditionalOrders(rest, positions, settings());
    trades =
        new AccountTrades(
            rest,
            new TradeReader(rest),
            positions,
            new Listings(rest, settings(), this::wallMs),
            new AccountReader(rest, positions, conditional, settings(), this::wallMs),
            settings(),
            this::wallMs,
            feed);
    trades.restore(Optional.empty(), List.of());
    assertThat(trades.unplanned(true)).isEmpty();
    buy("0.010", PLAN);
  }

  @AfterEach
  void end() {
    rest.close();
  }

  /** The trader closes, and the stream says nothing of it. */
  private TwinTrade closedByHand() {
    twin.closeByHand(MAIN, BTC, BigDecimal.ONE);
    return twin.state().trades(MAIN).getLast();
  }

  @Test
  void shouldAskForATradeThatWasAnnouncedAndNeverTold() {
    // given
    long tradeId = closedByHand().tradeId();
    feed.take(UserEvent.of("{\"e\":\"TRADE_LITE\",\"s\":\"BTCUSDT\",\"t\":" + tradeId + "}"));
    assertThat(trades.unplanned(true)).as("it may be on its way").isEmpty();

    // when
    aheadMs.addAndGet(3_100);
    List<UnplannedFill> fills = trades.unplanned(true);

    // then
    assertThat(fills)
        .singleElement()
        .extracting(UnplannedFill::origin)
        .isEqualTo(ResultOrigin.FOREIGN);
    assertThat(trades.unplanned(true)).isEmpty();
  }

  @Test
  void shouldFindOnceInAWhileWhatTheStreamLostWithoutAWord() {
    // given
    TwinTrade closed = closedByHand();
    assertThat(trades.unplanned(true)).isEmpty();

    // when
    aheadMs.addAndGet(settings().syncEvery().toMillis() + 1);
    List<UnplannedFill> fills = trades.unplanned(true);

    // then
    assertThat(fills)
        .singleElement()
        .extracting(each -> each.fill().getFillId())
        .isEqualTo("BTCUSDT:" + closed.tradeId());
  }

  @Test
  void shouldSuspectAStreamThatDidNotTellAnOldTrade() {
    // given
    TwinTrade closed = closedByHand();
    assertThat(trades.lostByStream()).isFalse();

    // when: a minute later, on the exchange's clock too
    twin.faults().clockOffsetMs(61_000);
    aheadMs.addAndGet(61_000);
    List<UnplannedFill> fills = trades.unplanned(true);

    // then
    assertThat(fills).extracting(each -> each.fill().getAtMs()).containsExactly(closed.timeMs());
    assertThat(trades.lostByStream()).isTrue();
    assertThat(trades.lostByStream()).isFalse();
  }

  @Test
  void shouldWaitLongerEachTimeTheExchangeDoesNotAnswer() {
    // given
    closedByHand();
    feed.missed();
    twin.faults().next("GET", "/fapi/v1/income", RestFault.refusal(503, -1001, "Down"), 3);

    // when: asked at once, after 2 s, after 4 s more
    assertThat(trades.unplanned(true)).isEmpty();
    assertThat(trades.unplanned(true)).isEmpty();
    aheadMs.addAndGet(2_000);
    assertThat(trades.unplanned(true)).isEmpty();
    aheadMs.addAndGet(2_000);
    assertThat(trades.unplanned(true)).isEmpty();
    aheadMs.addAndGet(2_000);
    assertThat(trades.unplanned(true)).isEmpty();
    aheadMs.addAndGet(8_000);

    // then
    assertThat(trades.unplanned(true)).hasSize(1);
  }

  @Test
  void shouldAskMoreOftenWhileThereIsNoStream() {
    // given
    closedByHand();
    assertThat(trades.unplanned(false)).isEmpty();

    // when
    aheadMs.addAndGet(10_001);

    // then
    assertThat(trades.unplanned(false)).hasSize(1);
  }

  @Test
  void shouldNotTellAgainWhatIsForgottenAndWasTold() {
    // given
    closedByHand();
    feed.missed();
    assertThat(trades.unplanned(true)).hasSize(1);

    // when
    trades.forgetBefore(Long.MAX_VALUE);
    feed.missed();

    // then
    assertThat(trades.unplanned(true)).isEmpty();
  }
}
