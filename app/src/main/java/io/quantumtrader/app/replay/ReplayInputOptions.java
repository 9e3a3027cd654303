package io.quantumtrader.app.replay;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.tap.InputReport;
import io.quantumtrader.app.tap.ReadInput;
import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.CandleFileException;
import io.quantumtrader.market.IntentFile;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.market.TimedIntent;
import io.quantumtrader.replay.record.RecordedRecord;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.record.RecordingException;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.topic.IntentHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is run again, as given on a command line. */
final class ReplayInputOptions {

  private static final int USAGE = 2;

  @Option(
      names = "--candles",
      paramLabel = "FILE",
      description =
          "Candles: CSV or JSON, plain, gz or zip, as klines are published, or a directory of them."
              + " May be given more than once.")
  private List<Path> candles = List.of();

  @Option(
      names = "--symbol",
      paramLabel = "S",
      description =
          "Symbol of the candles, for one file whose name and rows do not say it, for example"
              + " BTCUSDT.")
  private String symbol;

  @Option(
      names = "--intents",
      paramLabel = "FILE|DIR",
      description =
          "Also send intents: from a file of JSON lines, or those of a recording, as quantum record"
              + " --from-redis writes it.")
  private Path intents;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "First close that is played: 2025-11-19T12:00:00Z, a date, or epoch milliseconds."
              + " Default: the first there is.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Last close that is played. Default: the last there is.")
  private String to;

  /** What was read. */
  record Read(CandleFile candles, Optional<IntentQueue> intents, Optional<Path> intentFile) {

    /** Returns the intents for one run more, none of them taken yet. */
    IntentQueue intentsAnew() {
      return intents
          .map(queue -> queue.between(Long.MIN_VALUE, Long.MAX_VALUE))
          .orElseGet(IntentQueue::empty);
    }

    /** Returns it in numbers. */
    Optional<ReadInput> numbers() {
      return InputReport.numbers(Optional.of(candles), intents);
    }

    /** Returns lines that say what was read, and which lines could not be used. */
    List<String> describe() {
      List<String> lines = new ArrayList<>(InputReport.of(candles));
      intents.ifPresent(queue -> lines.addAll(InputReport.of(queue, intentFile.orElseThrow())));
      return lines;
    }
  }

  /**
   * Reads the files.
   *
   * @throws CommandFailure where one cannot be used at all, or there is none
   */
  Read read() {
    if (candles.isEmpty()) {
      throw new CommandFailure(
          USAGE, "nothing to replay: give --candles FILE, a file or a directory of candles", null);
    }
    for (Path file : files()) {
      if (!Files.isReadable(file)) {
        throw new CommandFailure("cannot read " + file + ": no such file, or no permission");
      }
    }
    long fromMs = from == null ? Long.MIN_VALUE : TimeOption.parse("--from", from);
    long toMs = to == null ? Long.MAX_VALUE : TimeOption.parse("--to", to);
    if (fromMs > toMs) {
      throw new CommandFailure(USAGE, "--from is after --to: " + from + ", " + to, null);
    }
    try {
      CandleFile all = candleFile();
      return new Read(
          from == null && to == null ? all : all.between(fromMs, toMs),
          Optional.ofNullable(intents).map(ReplayInputOptions::queue),
          Optional.ofNullable(intents));
    } catch (CandleFileException | UncheckedIOException | RecordingException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }

  /** Those of a recording keep their order where they were made at the same time. */
  private static IntentQueue queue(Path from) {
    if (!Files.isDirectory(from)) {
      return IntentFile.read(from);
    }
    List<TimedIntent> intents = new ArrayList<>();
    for (RecordedRecord record : Recording.open(from).read(Topic.TRADE_INTENT)) {
      record
          .value()
          .filter(value -> !isMoved(record))
          .ifPresent(
              value -> intents.add(new TimedIntent(intents.size() + 1L, (TradeIntent) value)));
    }
    return new IntentQueue(intents, List.of());
  }

  /** What the stages brought to another partition is there twice. */
  private static boolean isMoved(RecordedRecord record) {
    return record.headers().stream()
        .anyMatch(header -> header.name().equals(IntentHeaders.MOVED_FROM));
  }

  private CandleFile candleFile() {
    if (symbol == null) {
      return CandleFile.read(candles);
    }
    if (candles.size() != 1) {
      throw new CommandFailure(
          USAGE,
          "--symbol is for one --candles FILE; name several after their symbols: BTCUSDT-1m.csv",
          null);
    }
    return CandleFile.read(candles.getFirst(), symbol.strip().toUpperCase(Locale.ROOT));
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>(candles);
    Optional.ofNullable(intents).ifPresent(files::add);
    return files;
  }
}
