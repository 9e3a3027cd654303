package io.quantumtrader.compose.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A directory that looks like that of a stack which has stopped, and what is in such a one. */
final class DataFixture {

  /** What must not be lost, with a size in bytes. */
  private static final Map<String, Integer> KEPT =
      Map.of(
          "kafka/.kafka_cleanshutdown",
          1,
          "kafka/quantum.policy-0/00000000000000000000.log",
          700,
          "kafka/quantum.policy-0/00000000000000000000.index",
          0,
          "kafka/__transaction_state-0/00000000000000000000.log",
          300,
          "registry/schemas.mv.db",
          5_000,
          "redis/appendonly.aof",
          400,
          "connect/offsets",
          50,
          "ports.properties",
          30);

  /** What a start makes again. */
  private static final Map<String, Integer> MADE_AGAIN =
      Map.of(
          "lock",
          5,
          "run/registry.pid",
          5,
          "streams/quantum/1_0/rocksdb/000004.sst",
          900,
          "redis/bin/redis-server",
          100,
          "registry/tmp/vertx",
          10,
          "kafka/.lock",
          0);

  private DataFixture() {}

  /** Fills a directory. */
  static Path in(Path directory) throws IOException {
    RandomGenerator bytes = RandomGenerator.of("L64X128MixRandom");
    for (Map<String, Integer> files : java.util.List.of(KEPT, MADE_AGAIN)) {
      for (Map.Entry<String, Integer> each : files.entrySet()) {
        byte[] content = new byte[each.getValue()];
        bytes.nextBytes(content);
        Path file = directory.resolve(each.getKey());
        Files.createDirectories(file.getParent());
        Files.write(file, content);
      }
    }
    Files.writeString(
        directory.resolve("kafka/meta.properties"), "version=1\ncluster.id=abc\nnode.id=1\n");
    return directory;
  }

  /** Returns the files of a directory, each with its bytes as text. */
  static Map<String, String> files(Path directory) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            directory.relativize(file).toString(),
            java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  /** Returns those of them that must not be lost. */
  static Map<String, String> kept(Path directory) throws IOException {
    Map<String, String> files = files(directory);
    files.keySet().removeAll(MADE_AGAIN.keySet());
    return files;
  }
}
