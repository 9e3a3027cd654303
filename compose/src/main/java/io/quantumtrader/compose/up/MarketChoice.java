package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.tap.InputReport;
import io.quantumtrader.app.tap.ReadInput;
import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.CandleFileException;
import io.quantumtrader.market.Feed;
import io.quantumtrader.market.FeedOutput;
import io.quantumtrader.market.FeedSource;
import io.quantumtrader.market.GeneratedMarket;
import io.quantumtrader.market.GeneratedMarketSettings;
import io.quantumtrader.market.IntentFile;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.market.LiveMarket;
import io.quantumtrader.market.LiveMarketSettings;
import io.quantumtrader.market.Replay;
import io.quantumtrader.market.ReplaySettings;
import io.quantumtrader.market.WallTime;
import io.quantumtrader.schemas.topic.PartitionCounts;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The chosen market: a candle file, or a generated one. */
final class MarketChoice {

  private final UpOptions.Market options;
  private final Optional<CandleFile> file;
  private final Optional<IntentQueue> intents;

  private MarketChoice(
      UpOptions.Market options, Optional<CandleFile> file, Optional<IntentQueue> intents) {
    this.options = options;
    this.file = file;
    this.intents = intents;
  }

  /**
   * Reads the files that were named.
   *
   * @throws CommandFailure if one cannot be used at all
   */
  static MarketChoice of(UpOptions.Market options) {
    try {
      Optional<CandleFile> file =
          options.candles.isEmpty() ? Optional.empty() : Optional.of(candles(options));
      return new MarketChoice(
          options, file, Optional.ofNullable(options.intents).map(IntentFile::read));
    } catch (CandleFileException | UncheckedIOException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }

  private static CandleFile candles(UpOptions.Market options) {
    return options.symbol == null
        ? CandleFile.read(options.candles)
        : CandleFile.read(options.candles.getFirst(), options.givenSymbol());
  }

  /** Returns whether event time is the file's. */
  boolean isReplay() {
    return file.isPresent();
  }

  /** Returns event time at the start, epoch milliseconds. */
  long beginMs() {
    return file.map(CandleFile::firstCloseTimeMs).orElseGet(() -> WallTime.system().nowMs());
  }

  /** Returns what was read from files, in numbers; empty where none was given. */
  Optional<ReadInput> input() {
    return InputReport.numbers(file, intents);
  }

  /** Returns lines that say what is played, and which lines of the files could not be used. */
  List<String> describe() {
    List<String> lines = new ArrayList<>();
    file.ifPresentOrElse(
        candles -> lines.addAll(InputReport.of(candles)), () -> lines.add(generated()));
    intents.ifPresent(queue -> lines.addAll(InputReport.of(queue, options.intents)));
    return lines;
  }

  private String generated() {
    return String.format(
        Locale.ROOT,
        "generated market, seed %d, a candle every %s s",
        options.seed,
        options.intervalSeconds);
  }

  /**
   * Returns the feed, not started.
   *
   * @param report takes a line when it begins to wait for broker or registry, and when that is over
   */
  Feed feed(
      Endpoints addresses,
      PartitionCounts counts,
      LockstepChoice lockstep,
      Consumer<String> report) {
    FeedSource source =
        file.<FeedSource>map(candles -> replay(candles, lockstep)).orElseGet(this::live);
    FeedOutput output =
        FeedOutput.connect(addresses.kafka(), addresses.serdes(), counts.account(), report);
    return new Feed(source, output, progress -> {});
  }

  private Replay replay(CandleFile candles, LockstepChoice lockstep) {
    return new Replay(
        candles,
        intents.orElseGet(IntentQueue::empty),
        new ReplaySettings(options.speed.factor()),
        lockstep.forSteps(),
        WallTime.system());
  }

  private LiveMarket live() {
    return new LiveMarket(
        new GeneratedMarket(GeneratedMarketSettings.withSeed(options.seed)),
        intents.orElseGet(IntentQueue::empty),
        LiveMarketSettings.every(options.interval().toMillis()),
        WallTime.system());
  }
}
