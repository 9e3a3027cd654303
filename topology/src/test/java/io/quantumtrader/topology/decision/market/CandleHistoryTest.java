package io.quantumtrader.topology.decision.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.schemas.avro.Candle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept candle by candle, against the same computed anew from the whole history. */
class CandleHistoryTest {

  private static final int CANDLES = 1_800;
  private static final int LOOK_EVERY = 11;

  @ParameterizedTest
  @CsvSource({
    "1, 60000",
    "2, 60000",
    "3, 60000",
    "4, 60000",
    "5, 1000",
    "6, 20000",
    "7, 90000",
    "8, 300000",
    "9, 3600000",
    "10, 86400000"
  })
  void shouldKeepWhatTheWholeHistoryGives(long seed, long intervalMs) {
    // given
    Random random = new Random(seed);
    SymbolInMemory symbol = new SymbolInMemory();
    List<Candle> history = new ArrayList<>();
    long open = Candles.START;
    double price = 100;

    for (int i = 0; i < CANDLES; i++) {
      // when
      int dice = random.nextInt(100);
      boolean replaces = dice < 15 && !history.isEmpty();
      if (!replaces) {
        open += intervalMs * (dice < 25 ? 1 + random.nextInt(9) : dice == 99 ? 1_600 : 1);
      }
      price *= Math.exp(0.002 * random.nextGaussian() + (dice > 96 ? 0.4 - 0.8 * (dice % 2) : 0));
      boolean outlier = random.nextInt(30) == 0;
      Candle candle = candle(random, open, intervalMs, outlier ? price * 3 : price);
      symbol.give(candle);
      if (replaces) {
        history.removeLast();
      }
      history.add(candle);

      // then
      if (i % LOOK_EVERY == 0 || (replaces && i % 3 == 0)) {
        compare(symbol, new Anew(history), i);
      }
    }
    assertThat(symbol.head().dropped()).isZero();
  }

  private static Candle candle(Random random, long openMs, long intervalMs, double price) {
    boolean malformed = random.nextInt(60) == 0;
    return Candle.newBuilder()
        .setSymbol(Candles.SYMBOL)
        .setOpenTimeMs(openMs)
        .setIntervalMs(intervalMs)
        .setOpen(decimal(price))
        .setClose(decimal(price))
        .setHigh(decimal(price * (malformed ? 0.99 : 1.001)))
        .setLow(decimal(price * 0.998))
        .setVolume(decimal(random.nextInt(4) == 0 ? 0 : 10 * random.nextDouble()))
        .build();
  }

  private static BigDecimal decimal(double value) {
    return BigDecimal.valueOf(value).setScale(18, RoundingMode.HALF_EVEN);
  }

  private static void compare(SymbolInMemory symbol, Anew anew, int step) {
    Progress now = symbol.now();
    assertThat(now.suspect()).as("suspect at %d", step).isEqualTo(anew.suspect);
    assertThat(now.closes()).as("closes at %d", step).isEqualTo(anew.warm.size());
    assertThat(symbol.lastCloses()).as("ring at %d", step).isEqualTo(anew.lastCloses());
    assertThat(now.turnover().inDay())
        .as("turnover at %d", step)
        .isEqualByComparingTo(anew.turnover());
    assertThat(now.range().isKnown()).isEqualTo(anew.warm.size() >= 14);
    if (now.range().isKnown()) {
      assertThat(now.range().value()).as("range at %d", step).isCloseTo(anew.range(), within(1e-9));
    }
    if (now.hasPrice()) {
      assertThat(now.price()).isEqualByComparingTo(anew.all.getLast().getClose());
    }
  }

  /** The rules, told once more and without any memory. */
  private static final class Anew {

    private final List<Candle> all = new ArrayList<>();
    private List<Candle> warm = new ArrayList<>();
    private boolean suspect;
    private Optional<Candle> held = Optional.empty();

    Anew(List<Candle> history) {
      Candle previous = null;
      for (Candle candle : history) {
        if (previous != null) {
          long missing =
              (candle.getOpenTimeMs() - previous.getOpenTimeMs()) / candle.getIntervalMs() - 1;
          if (missing > 5) {
            warm = new ArrayList<>();
            suspect = false;
            held = Optional.empty();
          }
        }
        add(candle);
        previous = candle;
      }
    }

    private void add(Candle candle) {
      if (candle.getHigh().compareTo(candle.getLow()) < 0) {
        suspect = true;
        held = Optional.empty();
      } else if (suspect) {
        if (held.isPresent() && near(held.get(), candle)) {
          take(held.get());
          take(candle);
          suspect = false;
        }
        held = suspect ? Optional.of(candle) : Optional.empty();
      } else if (!warm.isEmpty() && !near(warm.getLast(), candle)) {
        suspect = true;
        held = Optional.of(candle);
      } else {
        take(candle);
      }
    }

    private void take(Candle candle) {
      all.add(candle);
      warm.add(candle);
    }

    private static boolean near(Candle earlier, Candle later) {
      double ratio = later.getClose().doubleValue() / earlier.getClose().doubleValue();
      return Math.abs(ratio - 1) <= 0.2;
    }

    double[] lastCloses() {
      return warm.subList(Math.max(0, warm.size() - 300), warm.size()).stream()
          .mapToDouble(candle -> candle.getClose().doubleValue())
          .toArray();
    }

    BigDecimal turnover() {
      if (all.isEmpty()) {
        return BigDecimal.ZERO;
      }
      long last = all.getLast().getOpenTimeMs() / 60_000;
      return all.stream()
          .filter(candle -> candle.getOpenTimeMs() / 60_000 > last - 1440)
          .map(
              candle ->
                  candle
                      .getClose()
                      .multiply(candle.getVolume())
                      .setScale(8, RoundingMode.HALF_EVEN))
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    double range() {
      double average = 0;
      for (int i = 0; i < warm.size(); i++) {
        double high = warm.get(i).getHigh().doubleValue();
        double low = warm.get(i).getLow().doubleValue();
        if (i > 0) {
          double close = warm.get(i - 1).getClose().doubleValue();
          high = Math.max(high, close);
          low = Math.min(low, close);
        }
        average = i < 14 ? average + (high - low) / 14 : (average * 13 + high - low) / 14;
      }
      return average;
    }
  }
}
