package io.quantumtrader.topology.decision.market;

import static io.quantumtrader.topology.decision.market.Candles.SYMBOL;
import static io.quantumtrader.topology.decision.market.Candles.at;
import static io.quantumtrader.topology.decision.market.Candles.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.kernel.MarketStateKernel;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarketStatesTest {

  private final SymbolInMemory symbol = new SymbolInMemory();
  private final KernelScratch scratch = new KernelScratch();

  /** The ring is that of before the candle, as in the stage. */
  private Optional<MarketState> give(Candle candle) {
    double[] before = symbol.slots().clone();
    return MarketStates.after(SYMBOL, symbol.give(candle), before, scratch);
  }

  private static Candle moving(long n) {
    return candle(n, Long.toString(100 + n % 7)).build();
  }

  @Test
  void shouldBeginWithTheCloseNumber257() {
    for (long n = 0; n < 256; n++) {
      // given
      assertThat(give(moving(n))).as("candle %d", n).isEmpty();
    }

    // when
    MarketState state = give(moving(256)).orElseThrow();

    // then
    MarketStateKernel.State kernel =
        MarketStateKernel.compute(symbol.lastCloses(), scratch).orElseThrow();
    assertThat(state.getSymbol()).isEqualTo(SYMBOL);
    assertThat(state.getAsOfMs()).isEqualTo(at(257));
    assertThat(state.getIntervalMs()).isEqualTo(60_000);
    assertThat(state.getBufferSize()).isEqualTo(257);
    assertThat(state.getLastPrice()).isEqualByComparingTo("104");
    assertThat(state.getPriceSuspect()).isFalse();
    assertThat(state.getSigma()).isEqualTo(kernel.sigma());
    assertThat(state.getMu()).isEqualTo(kernel.mu());
    assertThat(state.getTs()).isEqualTo(kernel.ts());
    assertThat(state.getPTrend()).isEqualTo(kernel.regimes().trend());
    assertThat(state.getPMr()).isEqualTo(kernel.regimes().meanReversion());
    assertThat(state.getPChop()).isEqualTo(kernel.regimes().chop());
    assertThat(state.getDp()).isEqualTo(kernel.dp());
    assertThat(state.getVr()).isEqualTo(kernel.vr());
    assertThat(state.getSpikeProxy()).isEqualTo(kernel.spikeProxy());
    assertThat(state.getAtr()).isEqualTo(symbol.now().range().value());
    assertThat(state.getNotional24h()).isEqualTo(symbol.now().turnover().inDay().doubleValue());
  }

  @Test
  void shouldSayTheSameOfWhatWasTakenBefore() {
    // given
    for (long n = 0; n < 256; n++) {
      give(moving(n));
    }

    // when
    Optional<MarketState> tooFew = MarketStates.now(SYMBOL, symbol.now(), symbol.slots(), scratch);
    Optional<MarketState> published = give(moving(256));
    Optional<MarketState> enough = MarketStates.now(SYMBOL, symbol.now(), symbol.slots(), scratch);

    // then
    assertThat(tooFew).isEmpty();
    assertThat(published).isPresent();
    assertThat(enough).isEqualTo(published);
  }

  @Test
  void shouldComputeFrom300ClosesAtMost() {
    // given
    for (long n = 0; n < 299; n++) {
      give(moving(n));
    }

    // when
    int atCapacity = give(moving(299)).orElseThrow().getBufferSize();
    int beyond = give(moving(300)).orElseThrow().getBufferSize();

    // then
    assertThat(atCapacity).isEqualTo(300);
    assertThat(beyond).isEqualTo(300);
    assertThat(symbol.lastCloses()).hasSize(300).startsWith(101).endsWith(106);
  }

  @Test
  void shouldKeepTheLastGoodStateWhileThePriceIsSuspect() {
    // given
    for (long n = 0; n < 260; n++) {
      give(moving(n));
    }
    MarketState good = give(moving(260)).orElseThrow();

    // when
    MarketState suspect = give(candle(261, "300").build()).orElseThrow();
    Optional<MarketState> stillSuspect = give(candle(262, "100").build());
    MarketState restored = give(candle(263, "100").build()).orElseThrow();

    // then
    assertThat(suspect).isEqualTo(MarketState.newBuilder(good).setPriceSuspect(true).build());
    assertThat(stillSuspect).isEmpty();
    assertThat(restored.getPriceSuspect()).isFalse();
    assertThat(restored.getAsOfMs()).isEqualTo(at(264));
    assertThat(restored.getBufferSize()).isEqualTo(263);
  }

  @Test
  void shouldWarmUpAgainAfterAGap() {
    // given
    for (long n = 0; n < 260; n++) {
      give(moving(n));
    }

    // when
    Optional<MarketState> first = give(moving(300));
    for (long n = 301; n < 556; n++) {
      assertThat(give(moving(n))).as("candle %d", n).isEmpty();
    }
    Optional<MarketState> warm = give(moving(556));

    // then
    assertThat(first).isEmpty();
    assertThat(warm).map(MarketState::getBufferSize).contains(257);
  }
}
