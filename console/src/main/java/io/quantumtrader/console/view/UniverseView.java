package io.quantumtrader.console.view;

import io.quantumtrader.console.book.Pages;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.RankedSymbol;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.policy.IntervalScale;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.UniverseKeys;
import io.quantumtrader.topology.decision.Regimes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Which symbols may be opened, and what keeps the others out. */
public final class UniverseView {

  private static final String NOT_RANKED = "not ranked among the best yet";

  private UniverseView() {}

  /** Returns every symbol that is listed or has a state: the list of the best first, by rank. */
  public static List<UniverseRow> rows(Pages pages) {
    TreeSet<String> symbols = new TreeSet<>();
    pages
        .tables()
        .rows(Topic.INSTRUMENT, Instrument.class)
        .forEach(each -> symbols.add(each.getSymbol()));
    pages
        .tables()
        .rows(Topic.MARKET_STATE, MarketState.class)
        .forEach(each -> symbols.add(each.getSymbol()));
    List<UniverseRow> rows = new ArrayList<>();
    Optional<Universe> top = pages.tables().row(Topic.UNIVERSE, UniverseKeys.TOP, Universe.class);
    top.ifPresent(list -> symbols.addAll(list.getSymbols()));
    symbols.forEach(symbol -> rows.add(row(pages, top, symbol)));
    rows.sort(
        Comparator.comparing(UniverseRow::rank, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(UniverseRow::symbol));
    return rows;
  }

  private static UniverseRow row(Pages pages, Optional<Universe> top, String symbol) {
    Policy policy = pages.policy(Policies.DEFAULT).policy();
    Optional<MarketState> state = pages.tables().row(Topic.MARKET_STATE, symbol, MarketState.class);
    int index = top.map(list -> list.getSymbols().indexOf(symbol)).orElse(-1);
    Long ageMs =
        state.map(each -> Math.max(0, pages.clock().nowMs() - each.getAsOfMs())).orElse(null);
    return new UniverseRow(
        symbol,
        index < 0 ? null : Integer.valueOf(index + 1),
        top.flatMap(list -> score(list, symbol)).orElse(null),
        state.map(MarketState::getSigma).orElse(null),
        state.map(each -> scaled(policy.getUniverseMinSigma(), each)).orElse(null),
        state.map(MarketState::getTs).orElse(null),
        state.map(each -> scaled(policy.getUniverseMinTs(), each)).orElse(null),
        state.map(Regimes::of).orElse(""),
        state.map(MarketState::getLastPrice).map(Number::doubleValue).orElse(null),
        state.map(MarketState::getNotional24h).orElse(null),
        ageMs,
        index >= 0 ? "" : keptOutBy(pages, policy, symbol, state));
  }

  private static Optional<Double> score(Universe list, String symbol) {
    return list.getRanking().stream()
        .filter(ranked -> ranked.getSymbol().equals(symbol))
        .map(RankedSymbol::getScore)
        .findFirst();
  }

  private static double scaled(double hourly, MarketState state) {
    return IntervalScale.fromHour(hourly, state.getIntervalMs());
  }

  private static String keptOutBy(
      Pages pages, Policy policy, String symbol, Optional<MarketState> known) {
    Optional<Instrument> instrument =
        pages.tables().row(Topic.INSTRUMENT, symbol, Instrument.class);
    if (instrument.isEmpty()) {
      return "the exchange does not list it";
    }
    if (instrument.get().getStatus() != InstrumentStatus.TRADING) {
      return "the exchange takes no orders in it";
    }
    if (known.isEmpty()) {
      return "warming up: it has no market state";
    }
    MarketState state = known.get();
    if (state.getPriceSuspect()) {
      return "its price is suspect: the last candles disagree";
    }
    if (state.getSigma() < scaled(policy.getUniverseMinSigma(), state)) {
      return "too quiet: volatility is below universeMinSigma";
    }
    if (state.getTs() < scaled(policy.getUniverseMinTs(), state)) {
      return "no trend: trend strength is below universeMinTs";
    }
    return NOT_RANKED;
  }
}
