package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.metrics.Monitoring;
import io.quantumtrader.app.metrics.StreamGauges;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.parts.LocalTwin;
import io.quantumtrader.app.parts.RealMarket;
import io.quantumtrader.app.parts.RunningParts;
import io.quantumtrader.app.service.PreflightLines;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.execution.binance.BinanceExchange;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.market.Feed;
import io.quantumtrader.market.FeedOutput;
import io.quantumtrader.market.GeneratedMarketSettings;
import io.quantumtrader.market.WrittenMarket;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.time.WallClock;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens the exchange that was chosen, and feeds its market where it has one. */
final class ExchangeParts {

  private final UpOptions options;
  private final Screen screen;
  private final RunningParts parts;
  private final ExchangeChoice choice;
  private final RemoteHoldings holdings;
  private volatile LocalTwin twin;
  private WrittenMarket written;

  ExchangeParts(UpOptions options, Screen screen, RunningParts parts) {
    this.options = options;
    this.screen = screen;
    this.parts = parts;
    holdings = new RemoteHoldings(options.exchange);
    choice = ExchangeChoice.of(options, System.getenv(), screen::line);
  }

  /** Takes a committed record: what an account has, and the prices that a twin trades at. */
  void see(TappedRecord record) {
    holdings.see(record);
    if (record.topic() == Topic.MARK && record.value().orElse(null) instanceof Candle candle) {
      twin().ifPresent(seeing -> seeing.see(candle));
    }
  }

  /** Returns what is open on an exchange that outlives this process. */
  RemoteHoldings holdings() {
    return holdings;
  }

  /**
   * Makes sure, before anything decides or trades, that the topics hold no other market: orders at
   * the prices of one market would go to the exchange of another.
   *
   * @param feeds whether this run feeds a market
   * @throws CommandFailure if they hold another one, or cannot be read
   */
  void requireOwnMarket(Endpoints addresses, boolean feeds) {
    if (choice.market().isPresent()) {
      written = written(addresses, choice.market().get());
    } else if (feeds) {
      RealMarket.requireNone(addresses);
    }
  }

  private static WrittenMarket written(Endpoints addresses, RealMarket market) {
    WrittenMarket written = RealMarket.written(addresses, market.name());
    if (written.name().isEmpty() && !written.lastOpenMs().isEmpty()) {
      throw new CommandFailure(
          "the topics hold a market without a name, but this one is %s: give another --data"
              .formatted(market.name()));
    }
    return written;
  }

  /** Returns the exchange's own market; empty where it has none. */
  Optional<RealMarket> market() {
    return choice.market();
  }

  /** Returns a line that says what is fed, where the exchange has a market. */
  Optional<String> describe() {
    return choice.describe();
  }

  /** Returns the twin in this process, once it runs and if there is one. */
  Optional<LocalTwin> twin() {
    return Optional.ofNullable(twin);
  }

  /**
   * Asks the exchange whether the accounts may be traded with.
   *
   * @throws CommandFailure if they may not
   */
  void preflight() {
    if (!choice.keys().isEmpty()) {
      List<String> symbols =
          choice.market().map(real -> List.copyOf(real.symbols().named())).orElse(List.of());
      PreflightLines.require(
          "the pipeline", options.exchange, choice.keys(), symbols, screen::line);
    }
  }

  /** Returns what gives the executor its exchange, anew for each start from what is committed. */
  Supplier<Exchange> exchanges(Optional<Monitoring> monitoring) {
    PaperSettings paper = options.paper.settings();
    return switch (choice.kind()) {
      case PAPER -> () -> new PaperExchange(paper);
      case TWIN -> onTwin(paper);
      case DEMO, BINANCE -> {
        BinanceExchange remote =
            parts.add("exchange", options.exchange.open(choice.keys(), WallClock.SYSTEM));
        monitoring.ifPresent(shown -> StreamGauges.users(shown, remote));
        yield () -> remote;
      }
    };
  }

  private Supplier<Exchange> onTwin(PaperSettings paper) {
    LocalTwin started =
        parts.add(
            "twin",
            LocalTwin.start(
                paper.accounts(),
                paper.startWallet(),
                GeneratedMarketSettings.withSeed(options.market.seed)));
    twin = started;
    screen.line("  twin of the exchange at " + started.twin().restUrl());
    return started::exchange;
  }

  /**
   * Returns the feed of the exchange's own market, not started, after {@link #requireOwnMarket}.
   *
   * @throws CommandFailure if it cannot be fed
   */
  Feed feed(
      RealMarket market,
      Endpoints addresses,
      PartitionCounts counts,
      Optional<Monitoring> monitoring)
      throws InterruptedException {
    RealMarket.Fed fed = market.open(parts, written);
    monitoring.ifPresent(shown -> StreamGauges.market(shown, fed.numbers(), fed.answers()));
    FeedOutput output =
        FeedOutput.connect(
            addresses.kafka(), addresses.serdes(), counts.account(), market.name(), screen::line);
    return new Feed(fed.source(), output, progress -> {});
  }
}
