package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.Pause;
import io.quantumtrader.binance.RateBudget;
import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.binance.SignedRest;
import io.quantumtrader.binance.Signer;
import io.quantumtrader.execution.decision.ResultRecords;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.execution.twin.core.TwinTrade;
import io.quantumtrader.execution.twin.engine.RestFault;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
            SessionRecorder.none(),
            Pause.SLEEP);
    Positions positions = new Positions(rest);
    ConditionalOrders conditional = new ConditionalOrders(rest, positions, settings());
    trades =
        new AccountTrades(
            new TradeReader(rest),
            new IncomeReader(rest),
            positions,
            new Listings(rest, settings(), this::wallMs),
            new AccountReader(rest, positions, conditional, settings(), this::wallMs),
            settings(),
            this::wallMs,
            feed,
            rest);
    trades.restore(Optional.empty(), List.of());
    trades.book().runs(Set.of(PLAN));
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

  @Test
  void shouldLookThroughASymbolInWhichTheLedgerDiffers() {
    // given: nothing is due for a minute
    TwinTrade closed = closedByHand();
    assertThat(trades.unplanned(true)).isEmpty();

    // when
    boolean before = trades.search(BTC, closed.timeMs());
    List<UnplannedFill> fills = trades.unplanned(true);

    // then
    assertThat(before).isFalse();
    assertThat(fills).hasSize(1);
    assertThat(trades.search(BTC, closed.timeMs())).isTrue();
    assertThat(trades.search(BTC, closed.timeMs() + 1)).as("another difference").isFalse();
  }

  @Test
  void shouldLookThroughItAgainForAsLongAsItDiffers() {
    // given: the exchange does not list the trade yet when it is looked for first
    long sinceMs = System.currentTimeMillis();
    assertThat(trades.search(BTC, sinceMs)).isFalse();
    assertThat(trades.unplanned(true)).isEmpty();
    closedByHand();
    aheadMs.addAndGet(TradeSearches.AGAIN_MS - 20_000);
    assertThat(trades.unplanned(true)).isEmpty();

    // when
    trades.search(BTC, sinceMs);
    aheadMs.addAndGet(19_999);
    twin.faults().next("GET", "/fapi/v1/income", RestFault.refusal(503, -1001, "Down"), 1);
    trades.search(BTC, sinceMs);
    aheadMs.addAndGet(2);
    List<UnplannedFill> fills = new ArrayList<>(trades.unplanned(true));
    aheadMs.addAndGet(3_000);
    fills.addAll(trades.unplanned(true));

    // then
    assertThat(fills).hasSize(1);
  }

  /** Lets the account be taken up as it was published so long ago, on all clocks. */
  private void takenUp(long agoMs, long followedFromMs, List<ApplyResult> results) {
    ExchangeAccount last =
        ExchangeAccount.newBuilder()
            .setAsOfMs(wallMs() - agoMs)
            .setWallet(BigDecimal.TEN)
            .setFollowedFromMs(followedFromMs)
            .build();
    trades.restore(Optional.of(last), results);
  }

  private void later(Duration time) {
    twin.faults().clockOffsetMs(time.toMillis());
    aheadMs.addAndGet(time.toMillis());
    assertThat(rest.measure()).isInstanceOf(Reply.Success.class);
  }

  @Test
  void shouldFindInAQuietAccountWhatWasMissedLongBeforeItWasPublished() {
    // given: closed by hand, and no word of it; published hours later, and nothing else happened
    long beforeMs = System.currentTimeMillis() - 60_000;
    TwinTrade closed = closedByHand();
    later(Duration.ofHours(10));

    // when
    takenUp(60_000, beforeMs, List.of());

    // then
    assertThat(trades.unplanned(true))
        .extracting(each -> each.fill().getFillId())
        .containsExactly("BTCUSDT:" + closed.tradeId());
    assertThat(trades.unplanned(true)).isEmpty();
  }

  @Test
  void shouldNotTellWhatTheResultsSayWasBooked() {
    // given
    long beforeMs = System.currentTimeMillis() - 60_000;
    closedByHand();
    feed.missed();
    UnplannedFill told = trades.unplanned(true).getFirst();
    later(Duration.ofHours(10));

    // when
    takenUp(60_000, beforeMs, List.of(ResultRecords.unplanned(told, wallMs())));

    // then
    assertThat(trades.unplanned(true)).isEmpty();
  }

  @Test
  void shouldNotTellWhatHappenedBeforeTheAccountWasFollowed() {
    // given: a trade of a position that was there already when the account was new
    TwinTrade closed = closedByHand();
    later(Duration.ofHours(10));

    // when
    takenUp(60_000, closed.timeMs() + 1, List.of());
    assertThat(trades.search(BTC, closed.timeMs())).isFalse();

    // then
    assertThat(trades.unplanned(true)).isEmpty();
    assertThat(trades.followedFromMs()).isEqualTo(closed.timeMs() + 1);
  }

  @Test
  void shouldNotTellWhatMayHaveBeenBookedBeforeTheResultsThatAreKept() {
    // given: published a minute ago, a day after the trade
    long beforeMs = System.currentTimeMillis() - 60_000;
    closedByHand();
    later(Duration.ofHours(24));

    // when
    takenUp(60_000, beforeMs, List.of());

    // then
    assertThat(trades.unplanned(true)).isEmpty();
  }

  @Test
  void shouldNotTellWhatAnAdoptedPositionContains() {
    // given
    TwinTrade closed = closedByHand();

    // when
    trades.book().adopted(BTC, closed.timeMs());
    feed.missed();

    // then
    assertThat(trades.unplanned(true)).isEmpty();
  }

  @Test
  void shouldNotTellCashAgainThatWasTold() {
    // given
    buy("0.010", OTHER_PLAN);
    twin.fund();
    feed.missed();
    var unused = trades.unplanned(true);
    List<ExchangeIncome> told = trades.income(1);
    assertThat(told).hasSize(1);

    // when
    takenUp(0, 0, List.of());
    trades.restoreIncome(told);
    unused = trades.unplanned(true);

    // then
    assertThat(trades.income(2)).isEmpty();
  }

  @Test
  void shouldForgetSymbolsInWhichNothingHappensAnyMore() {
    // given
    closedByHand();
    feed.missed();
    assertThat(trades.unplanned(true)).hasSize(1);
    assertThat(trades.symbols()).containsExactly(BTC);

    // when
    trades.forgetBefore(0);
    Set<String> young = Set.copyOf(trades.symbols());
    aheadMs.addAndGet(Duration.ofHours(24).toMillis());
    trades.forgetBefore(0);

    // then
    assertThat(young).containsExactly(BTC);
    assertThat(trades.symbols()).isEmpty();
  }
}
