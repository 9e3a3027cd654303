package io.quantumtrader.replay.incident;

import io.quantumtrader.market.MarketStep;
import io.quantumtrader.schemas.avro.Candle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Plays an input by the rules of then: {@link OldBridge}, which granted its own permits (entry
 * contract, 0 item 4), an executor without a limit of positions and without stops (exit contract,
 * 10.1 and 13), and {@link OldExits}. Plans are filled at the last price.
 */
final class ThenRun {

  private static final double WALLET = 10_000;

  private final IncidentInput input;
  private final OldBridge bridge;
  private final OldExits exits = new OldExits();
  private final Map<String, Position> open = new TreeMap<>();
  private final Map<String, Double> prices = new HashMap<>();
  private final SortedMap<String, Long> refused = new TreeMap<>();
  private final SortedMap<String, Long> held = new TreeMap<>();
  private final Set<String> watched = new HashSet<>();
  private final List<String> examples = new ArrayList<>();
  private final List<HeldClose> heldCloses = new ArrayList<>();
  private long granted;
  private double highestExposure;

  private record Position(double quantity, double entry, double leverage) {}

  private ThenRun(IncidentInput input) {
    this.input = input;
    this.bridge = new OldBridge(input.oldList());
  }

  /** Plays it to its end. */
  static ThenRun of(IncidentInput input) {
    ThenRun run = new ThenRun(input);
    run.play();
    return run;
  }

  private void play() {
    Iterator<SentIntent> sent = input.sent().iterator();
    SentIntent next = sent.hasNext() ? sent.next() : null;
    Iterator<MarketStep> steps = input.candleFile().steps();
    while (steps.hasNext()) {
      MarketStep step = steps.next();
      while (next != null && next.atMs() <= step.closeTimeMs()) {
        take(next);
        next = sent.hasNext() ? sent.next() : null;
      }
      step.candles().forEach(this::take);
      measure();
    }
  }

  private void take(SentIntent sent) {
    switch (bridge.rule(sent, open::containsKey, this::price)) {
      case OldBridge.Published plan -> {
        granted++;
        open.put(
            plan.symbol(),
            new Position(plan.quantity(), prices.get(plan.symbol()), plan.leverage()));
      }
      case OldBridge.Refused nothing -> {
        if (refused.merge(nothing.why().name(), 1L, Long::sum) == 1) {
          examples.add(
              "%s %s %s: %s"
                  .formatted(
                      DayTime.minute(sent.atMs()),
                      nothing.symbol(),
                      nothing.why().name(),
                      nothing.why().meaning()));
        }
      }
    }
  }

  private OptionalDouble price(String symbol) {
    Double price = prices.get(symbol);
    return price == null ? OptionalDouble.empty() : OptionalDouble.of(price);
  }

  private void take(Candle candle) {
    String symbol = candle.getSymbol();
    prices.put(symbol, candle.getClose().doubleValue());
    exits.take(symbol, candle.getClose().doubleValue());
    if (!open.containsKey(symbol)) {
      return;
    }
    if (OldExits.SYMBOLS.contains(symbol)) {
      watched.add(symbol);
    }
    long atMs = candle.getOpenTimeMs() + candle.getIntervalMs();
    exits.judge(symbol).ifPresent(each -> note(symbol, atMs, each));
  }

  private void note(String symbol, long atMs, OldExits.Held each) {
    boolean theScore =
        CloseWhatIf.isTheScore(each.killScore())
            && heldCloses.stream().noneMatch(before -> CloseWhatIf.isTheScore(before.killScore()));
    heldCloses.add(new HeldClose(atMs, each.killScore(), each.why().name()));
    if (held.merge(each.why().name(), 1L, Long::sum) == 1 || theScore) {
      examples.add(
          String.format(
              Locale.ROOT,
              "%s %s FULL_CLOSE_PROPOSED %s: killScore=%.3f, %s",
              DayTime.minute(atMs),
              symbol,
              each.why().name(),
              each.killScore(),
              each.why().meaning()));
    }
  }

  private void measure() {
    double margin = 0;
    double profit = 0;
    for (Map.Entry<String, Position> each : open.entrySet()) {
      Position position = each.getValue();
      margin += position.quantity() * position.entry() / position.leverage();
      profit += position.quantity() * (prices.get(each.getKey()) - position.entry());
    }
    highestExposure = Math.max(highestExposure, margin / (WALLET + profit));
  }

  /** Returns the closes that were asked for and held back, in the order of time. */
  List<HeldClose> heldCloses() {
    return List.copyOf(heldCloses);
  }

  /** Returns what became of the input; nothing was ever closed, by these rules. */
  IncidentOutcome outcome() {
    return new IncidentOutcome(
        granted,
        refused,
        granted,
        open.size(),
        highestExposure,
        watched.size(),
        0,
        held,
        new TreeMap<>(),
        open.size(),
        examples);
  }
}
