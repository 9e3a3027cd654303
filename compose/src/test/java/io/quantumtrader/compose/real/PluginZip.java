package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The connectors as they are shipped. {@code mvn verify} makes the archive before it comes to these
 * tests; {@code mvn test} alone does not, and they are passed over then.
 */
public final class PluginZip {

  private static final Path TARGET = Path.of("..", "connectors", "target");

  private PluginZip() {}

  /**
   * Unpacks the archive as an administrator would.
   *
   * @return the directory to name in {@code plugin.path}
   */
  public static Path unpack(Path into) throws IOException {
    Path archive = archive();
    Path plugins = Files.createDirectories(into.resolve("plugins"));
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = plugins.resolve(entry.getName()).normalize();
        if (!file.startsWith(plugins)) {
          throw new IOException(entry.getName() + " leads out of the archive");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.copy(zip, file);
        }
      }
    }
    return plugins;
  }

  /** The one directory in the archive. */
  public static Path home(Path plugins) throws IOException {
    return only(plugins, "");
  }

  /** Names of the libraries in the archive. */
  static List<String> libraries(Path plugins) throws IOException {
    try (Stream<Path> files = Files.list(home(plugins).resolve("lib"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Path archive() throws IOException {
    boolean packaged = Files.isDirectory(TARGET) && find(TARGET, ".zip").size() == 1;
    assumeThat(packaged).as("no plugin archive; make one: mvn -pl connectors -am package").isTrue();
    return only(TARGET, ".zip");
  }

  private static Path only(Path directory, String end) throws IOException {
    List<Path> found = find(directory, end);
    if (found.size() != 1) {
      throw new IOException("not one file in " + directory + ": " + found);
    }
    return found.getFirst();
  }

  private static List<Path> find(Path directory, String end) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(end)).toList();
    }
  }
}
