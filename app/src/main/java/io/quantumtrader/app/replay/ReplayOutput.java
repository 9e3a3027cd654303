package io.quantumtrader.app.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Directories;
import io.quantumtrader.app.tap.Summary;
import io.quantumtrader.app.tap.TopicDump;
import io.quantumtrader.replay.hash.StateHash;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** What a replay leaves and prints, the same for candles and for a recording. */
final class ReplayOutput {

  private static final int USAGE = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write every topic as JSON lines into this directory; of an incident, as a recording.")
  private Path out;

  @Option(
      names = "--hash-every",
      paramLabel = "N",
      description = "Also print the state hash every N steps, with the time of the step.")
  private Integer hashEvery;

  @Option(names = "--tables", description = "With --json: also the state hash of each table.")
  private boolean tables;

  @Option(names = "--json", description = "Print the summary as one JSON object.")
  private boolean json;

  boolean json() {
    return json;
  }

  /** Returns the directory for what a run leaves. */
  Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  /** Returns whether anything is asked for that only one run can give. */
  boolean ofOneRun() {
    return out != null || hashEvery != null || tables;
  }

  /**
   * Refuses what cannot be used before anything runs.
   *
   * @throws CommandFailure where something cannot
   */
  void refuseUnusable() {
    if (hashEvery != null && hashEvery < 1) {
      throw new CommandFailure(USAGE, "--hash-every must be 1 or more: " + hashEvery, null);
    }
    if (tables && !json) {
      throw new CommandFailure(USAGE, "--tables is for --json: give both", null);
    }
    if (out != null) {
      Directories.requireWritable("--out", out);
    }
  }

  /** Opens the files that take every record; empty where none are wanted. */
  Optional<TopicDump> dump() throws IOException {
    return out == null ? Optional.empty() : Optional.of(new TopicDump(out));
  }

  /** Prints the state hash where this step is one of those that it is wanted for. */
  void step(long steps, long nowMs, Supplier<StateHash> hash, PrintWriter to) {
    if (hashEvery != null && steps % hashEvery == 0) {
      to.println(nowMs + " " + hash.get().whole());
      to.flush();
    }
  }

  /**
   * Returns what a run came to.
   *
   * @param unreadable how many records could not be read
   */
  ObjectNode json(Summary summary, StateHash hash, long unreadable) throws JsonProcessingException {
    ObjectNode node = (ObjectNode) JSON.readTree(summary.toJson());
    node.put("unreadable", unreadable);
    node.put("stateHash", hash.whole());
    hash.accounts().forEach(node.putObject("stateHashes")::put);
    if (tables) {
      hash.tables().forEach(node.putObject("tables")::put);
    }
    return node;
  }

  /** Returns the same as lines for people. */
  List<String> lines(Summary summary, StateHash hash, long unreadable) {
    List<String> lines = new ArrayList<>(summary.toLines());
    if (unreadable > 0) {
      lines.add(
          unreadable == 1
              ? "  1 record could not be read"
              : "  %,d records could not be read".formatted(unreadable));
    }
    lines.add("  state hash " + hash.whole());
    return lines;
  }
}
