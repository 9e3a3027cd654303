package io.quantumtrader.app.tap;

import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.market.RejectedLine;
import io.quantumtrader.market.TimeText;
import io.quantumtrader.market.UnreadableIntent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says what was read from files, before anything of it is played. */
public final class InputReport {

  /** How many lines that could not be used are shown; all are counted. */
  private static final int SHOWN = 5;

  private InputReport() {}

  /** Returns what was read, in numbers; empty where no file was given. */
  public static Optional<ReadInput> numbers(
      Optional<CandleFile> candles, Optional<IntentQueue> intents) {
    if (candles.isEmpty() && intents.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ReadInput(
            candles.map(CandleFile::candleCount).orElse(0),
            candles.map(CandleFile::symbolCount).orElse(0),
            candles.map(CandleFile::intervalMs).orElse(0L),
            candles.map(CandleFile::firstOpenTimeMs).orElse(0L),
            candles.map(CandleFile::lastOpenTimeMs).orElse(0L),
            candles.map(CandleFile::gapCount).orElse(0L),
            candles.map(CandleFile::stepCount).orElse(0L),
            intents.map(IntentQueue::intentCount).orElse(0),
            candles.map(CandleFile::rejectedCount).orElse(0L),
            intents.map(queue -> queue.unreadable().size()).orElse(0)));
  }

  /** Returns lines about candles. */
  public static List<String> of(CandleFile candles) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s of %s from %s"
            .formatted(
                count(candles.candleCount(), "candle"),
                count(candles.symbolCount(), "symbol"),
                candles.shown()));
    lines.add(
        "every %s, %s to %s, %s"
            .formatted(
                TimeText.length(candles.intervalMs()),
                TimeText.time(candles.firstOpenTimeMs()),
                TimeText.time(candles.lastOpenTimeMs()),
                count(candles.stepCount(), "step")));
    if (candles.gapCount() > 0) {
      lines.add(count(candles.gapCount(), "gap") + " between candles of a symbol");
    }
    addRejected(lines, candles.rejectedCount(), "left out", candles.rejected());
    if (!candles.passedOver().isEmpty()) {
      lines.add(
          count(candles.passedOver().size(), "file")
              + " passed over, no candles: "
              + candles.passedOver().getFirst());
    }
    return lines;
  }

  /** Returns lines about intents. */
  public static List<String> of(IntentQueue intents, Path path) {
    List<String> lines = new ArrayList<>();
    lines.add("%s from %s".formatted(count(intents.intentCount(), "intent"), path));
    addRejected(
        lines,
        intents.unreadable().size(),
        "to dead letters",
        intents.unreadable().stream().map(UnreadableIntent::cause).toList());
    return lines;
  }

  private static void addRejected(
      List<String> lines, long count, String end, List<RejectedLine> rejected) {
    if (count == 0) {
      return;
    }
    lines.add(count(count, "line") + " " + end + ":");
    rejected.stream().limit(SHOWN).forEach(line -> lines.add("  " + line));
    if (count > SHOWN) {
      lines.add(String.format(Locale.ROOT, "  and %,d more", count - SHOWN));
    }
  }

  private static String count(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }
}
