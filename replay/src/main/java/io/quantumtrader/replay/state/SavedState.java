package io.quantumtrader.replay.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.replay.hash.Digests;
import io.quantumtrader.replay.hash.StateHash;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.replay.run.SavedPipeline;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A run that was saved between two steps: a directory with a {@link StateManifest} and the files
 * that it names. One that is open is whole, of this build, and was read.
 */
public final class SavedState {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final StateManifest manifest;
  private final SavedPipeline pipeline;

  private SavedState(Path directory, StateManifest manifest, SavedPipeline pipeline) {
    this.directory = directory;
    this.manifest = manifest;
    this.pipeline = pipeline;
  }

  /**
   * Creates a directory for a state where it is missing.
   *
   * @throws StateException where it holds something
   */
  public static void requireEmpty(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> there = Files.list(directory)) {
      if (there.findAny().isPresent()) {
        throw new StateException(
            directory + " is not empty; give a directory of its own for each state");
      }
    }
  }

  /**
   * Saves a pipeline that has come to rest; it may go on afterwards.
   *
   * @param directory an empty directory, or one that does not exist yet
   * @param untilMs the last step that was played, epoch milliseconds UTC
   * @param input digest of what was played until then, as {@link InputDigest} gives it
   * @throws StateException where the directory holds something
   */
  public static void write(
      Path directory, MemoryPipeline pipeline, StateOrigin origin, long untilMs, String input)
      throws IOException {
    requireEmpty(directory);
    SavedPipeline saved = pipeline.saved();
    StateFiles.write(directory, saved);
    Map<String, String> files = new TreeMap<>();
    for (String name : StateFiles.NAMES) {
      files.put(name, Digests.ofFile(directory.resolve(name)));
    }
    StateHash hash = pipeline.stateHash();
    StateManifest manifest =
        new StateManifest(
            StateManifest.FORMAT,
            origin.program(),
            origin.build(),
            untilMs,
            input,
            new TreeMap<>(origin.settings()),
            policies(pipeline),
            hash.whole(),
            hash.accounts(),
            files);
    Files.writeString(
        directory.resolve(StateManifest.NAME),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n");
  }

  private static Map<String, Long> policies(MemoryPipeline pipeline) {
    Map<String, Long> versions = new TreeMap<>();
    pipeline
        .rows(Topic.POLICY, Policy.class)
        .forEach((key, policy) -> versions.put(key, policy.getVersion()));
    return versions;
  }

  /**
   * Opens a state, and checks and reads each of its files.
   *
   * @param origin where the run comes from that is to go on
   * @throws StateException where it is none, not whole, of another format, build or setting
   */
  public static SavedState open(Path directory, StateOrigin origin) {
    Path file = directory.resolve(StateManifest.NAME);
    if (!Files.isReadable(file)) {
      throw new StateException(
          directory
              + " is no saved state: it has no "
              + StateManifest.NAME
              + ", or was not finished");
    }
    try {
      StateManifest manifest = manifest(directory, file);
      requireSame(directory, manifest, origin);
      for (String name : StateFiles.NAMES) {
        check(directory.resolve(name), manifest.files().get(name));
      }
      return new SavedState(directory, manifest, StateFiles.read(directory));
    } catch (JsonProcessingException damaged) {
      throw new StateException(file + " is damaged: it is not the JSON of a manifest", damaged);
    } catch (IOException unreadable) {
      throw new StateException(
          directory + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static StateManifest manifest(Path directory, Path file) throws IOException {
    JsonNode json = JSON.readTree(file.toFile());
    if (json.path("format").asInt(0) != StateManifest.FORMAT) {
      throw new StateException(
          "%s has format %s; this program reads %d: save it anew, or use the version that wrote it, %s"
              .formatted(
                  directory,
                  json.path("format").asText("none"),
                  StateManifest.FORMAT,
                  json.path("program").asText("unknown")));
    }
    StateManifest manifest = JSON.treeToValue(json, StateManifest.class);
    if (!manifest.isWhole() || !manifest.files().keySet().equals(Set.copyOf(StateFiles.NAMES))) {
      throw new StateException(file + " is damaged: something is missing in it");
    }
    return manifest;
  }

  private static void requireSame(Path directory, StateManifest manifest, StateOrigin origin) {
    if (!manifest.build().equals(origin.build())) {
      throw new StateException(
          "%s was saved by another build, of %s; save it anew with this one, %s"
              .formatted(directory, manifest.program(), origin.program()));
    }
    Set<String> names = new TreeSet<>(manifest.settings().keySet());
    names.addAll(origin.settings().keySet());
    for (String name : names) {
      String saved = manifest.settings().getOrDefault(name, "none");
      String given = origin.settings().getOrDefault(name, "none");
      if (!saved.equals(given)) {
        throw new StateException(
            "%s was saved with %s %s, not %s".formatted(directory, name, saved, given));
      }
    }
  }

  private static void check(Path file, String sha256) throws IOException {
    if (!Files.isReadable(file)) {
      throw new StateException(file + " is missing; the state is not whole");
    }
    if (!Digests.ofFile(file).equals(sha256)) {
      throw new StateException(
          file + " is not the file that was saved: it is cut off, damaged or was changed");
    }
  }

  /** Returns what it is of. */
  public StateManifest manifest() {
    return manifest;
  }

  /** Returns the rows of the compacted topics, ascending by key. */
  public Map<Topic, NavigableMap<byte[], byte[]>> rows() {
    return pipeline.compacted();
  }

  /**
   * Refuses another input than the one that led to it.
   *
   * @param input digest of what was played until then, as {@link InputDigest} gives it
   * @throws StateException where it is another
   */
  public void requireInput(String input) {
    if (!manifest.input().equals(input)) {
      throw new StateException(
          "%s was saved after another input until %s; give the same candles, intents or recording"
              .formatted(directory, Instant.ofEpochMilli(manifest.untilMs())));
    }
  }

  /**
   * Returns a pipeline that goes on from it.
   *
   * @param setup as that of the run that was saved
   * @param listener hears of each record from then on
   * @throws StateException where it does not come to the same state
   */
  public MemoryPipeline resume(PipelineSetup setup, RecordLog.Listener listener) {
    try {
      MemoryPipeline resumed = MemoryPipeline.resumed(setup, pipeline, listener);
      if (!resumed.stateHash().whole().equals(manifest.stateHash())) {
        resumed.close();
        throw new StateException(
            directory + " does not come to the state hash that it was saved with");
      }
      return resumed;
    } catch (IllegalStateException different) {
      throw new StateException(
          directory + " does not fit this program: " + different.getMessage(), different);
    }
  }
}
