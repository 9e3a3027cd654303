package io.quantumtrader.replay.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.agents.AgentLoop;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.market.Replay;
import io.quantumtrader.replay.hash.Digests;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.QuantumTopology;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A digest of the classes that decide, fill and play: what one build saved, another may not go on
 * with as it was meant. When and where they were compiled does not count.
 */
final class BuildDigest {

  /** One class of each module that has part in a run. */
  private static final List<Class<?>> MODULES =
      List.of(
          Topic.class,
          QuantumTopology.class,
          PaperExchange.class,
          Replay.class,
          AgentLoop.class,
          MemoryPipeline.class);

  private BuildDigest() {}

  /**
   * Returns the digest of the program that runs, 64 hexadecimal digits.
   *
   * @throws StateException where its classes cannot be read
   */
  static String ofThis() {
    MessageDigest digest = Digests.begin();
    try {
      for (Class<?> of : MODULES) {
        add(of.getProtectionDomain().getCodeSource().getLocation().toURI(), digest);
      }
    } catch (IOException | URISyntaxException e) {
      throw new StateException("the program cannot read its own classes: " + e.getMessage(), e);
    }
    return Digests.hex(digest);
  }

  private static void add(URI place, MessageDigest digest) throws IOException {
    Path path = Path.of(place);
    if (Files.isDirectory(path)) {
      addAll(path, digest);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(path, Map.of())) {
        addAll(jar.getPath("/"), digest);
      }
    }
  }

  private static void addAll(Path root, MessageDigest digest) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> classes =
          files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
      for (Path file : classes) {
        digest.update(root.relativize(file).toString().getBytes(UTF_8));
        digest.update(Files.readAllBytes(file));
      }
    }
  }
}
