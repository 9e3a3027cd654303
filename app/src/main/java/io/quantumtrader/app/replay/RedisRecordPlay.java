package io.quantumtrader.app.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lettuce.core.RedisException;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.cli.Wrap;
import io.quantumtrader.connectors.importing.OldStreams;
import io.quantumtrader.connectors.legacy.LegacyStreams;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the streams of an old Redis into a recording, and says what became of each. */
final class RedisRecordPlay {

  private static final String ROW = "%-44s %10s %10s %11s";
  private static final int SAID_EVERY = 10_000;

  private final RedisEndpoint endpoint;
  private final LegacyStreams streams;
  private final String prefix;
  private final Screen screen;
  private final SortedMap<String, Long> notRead = new TreeMap<>();
  private RedisRecording recording;
  private long taken;

  RedisRecordPlay(RedisEndpoint endpoint, RedisRecordOptions options, Screen screen) {
    this.endpoint = endpoint;
    this.prefix = options.prefix();
    this.streams = new LegacyStreams(prefix, options.signals());
    this.screen = screen;
  }

  /** Makes the writer once it is known that there is something to record. */
  @FunctionalInterface
  interface Opening {

    /**
     * Opens the files.
     *
     * @param streams reads entries
     */
    RedisRecording open(LegacyStreams streams) throws IOException;
  }

  /**
   * Records.
   *
   * @throws CommandFailure where the server cannot be read, or has none of the streams
   */
  void play(Opening opening) throws IOException {
    try (OldStreams old = new OldStreams(endpoint)) {
      notRead.putAll(old.lengths(prefix + "stream:"));
      List<String> there = new ArrayList<>();
      for (String key : streams.keys()) {
        Long length = notRead.getOrDefault(key, 0L);
        if (length >= 0) {
          notRead.remove(key);
        }
        if (length > 0) {
          there.add(key);
        }
      }
      if (there.isEmpty()) {
        throw new CommandFailure(
            "Redis at %s has no entry in %s: give --prefix where its keys begin otherwise"
                .formatted(endpoint.address(), String.join(", ", streams.keys())));
      }
      recording = opening.open(streams);
      old.read(
          there,
          entry -> {
            recording.accept(entry);
            if (++taken % SAID_EVERY == 0) {
              screen.status("%,d entries".formatted(taken));
            }
          });
    } catch (RedisException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new CommandFailure(
          "Redis at %s cannot be read: %s"
              .formatted(
                  endpoint.address(),
                  String.valueOf(cause.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  /** Returns what became of the entries, as lines of at most 80 characters where keys allow it. */
  List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add(ROW.formatted("stream", "entries", "intents", "unreadable"));
    recording
        .byStream()
        .forEach(
            (key, of) ->
                lines.add(
                    ROW.formatted(
                        key,
                        "%,d".formatted(of.entries()),
                        "%,d".formatted(of.intents()),
                        "%,d".formatted(of.unreadable()))));
    long outside =
        recording.byStream().values().stream().mapToLong(RedisRecording.Count::outside).sum();
    if (outside > 0) {
      lines.add("%,d entries lie outside of --from and --to".formatted(outside));
    }
    if (!recording.unreadable().isEmpty()) {
      lines.add("unreadable, kept as dead letters in quantum.dlq:");
      recording
          .unreadable()
          .forEach(
              (reason, of) -> {
                lines.add("  %-41s %,11d".formatted(reason, of.count()));
                of.examples().forEach(each -> lines.addAll(Wrap.lines(each, "    ", "      ")));
              });
    }
    if (!notRead.isEmpty()) {
      lines.add("not read, since no intents come of them:");
      notRead.forEach(
          (key, length) ->
              lines.add(
                  "  %-41s %11s"
                      .formatted(key, length < 0 ? "no stream" : "%,d".formatted(length))));
    }
    lines.add("");
    return lines;
  }

  /** Adds the same to an object. */
  void addTo(ObjectNode node) {
    ObjectNode redis = node.putObject("redis");
    ObjectNode byStream = redis.putObject("streams");
    recording
        .byStream()
        .forEach(
            (key, of) ->
                byStream
                    .putObject(key)
                    .put("entries", of.entries())
                    .put("intents", of.intents())
                    .put("unreadable", of.unreadable())
                    .put("outside", of.outside()));
    ObjectNode unreadable = redis.putObject("unreadable");
    recording
        .unreadable()
        .forEach(
            (reason, of) -> {
              ObjectNode each = unreadable.putObject(reason).put("entries", of.count());
              ArrayNode examples = each.putArray("examples");
              of.examples().forEach(examples::add);
            });
    ObjectNode others = redis.putObject("notRead");
    notRead.forEach(others::put);
  }
}
