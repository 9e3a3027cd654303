package io.quantumtrader.app.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.console.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A bundle that is being written: a zip archive, texts in it without secrets. */
final class BundleFile implements AutoCloseable {

  private final ZipOutputStream out;
  private final Stripped stripped;

  /**
   * Creates the file, which must not exist.
   *
   * @throws IOException if it does, or cannot be written
   */
  BundleFile(Path file, Stripped stripped) throws IOException {
    this.out =
        new ZipOutputStream(
            Files.newOutputStream(
                file,
                java.nio.file.StandardOpenOption.CREATE_NEW,
                java.nio.file.StandardOpenOption.WRITE));
    this.stripped = stripped;
  }

  /** Adds a row, or rows, as JSON. */
  void json(String name, Object rows) throws IOException {
    text(name, List.of(Json.text(rows)));
  }

  /** Adds lines. */
  void text(String name, List<String> lines) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    for (String line : lines) {
      out.write((stripped.line(line) + "\n").getBytes(UTF_8));
    }
    out.closeEntry();
  }

  /** Adds a text file, line by line; what is no text in it is replaced. */
  void log(String name, Path file) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    var decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.write((stripped.line(line) + "\n").getBytes(UTF_8));
      }
    }
    out.closeEntry();
  }

  /** Adds the files of a directory as they are. */
  void directory(String name, Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String below = directory.relativize(file).toString().replace('\\', '/');
        out.putNextEntry(new ZipEntry(name + "/" + below));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
