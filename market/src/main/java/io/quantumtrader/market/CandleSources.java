package io.quantumtrader.market;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What there is to read at some paths: files, the entries of zips, and what lies in directories at
 * any depth, in the order of the names. In directories and zips only names that end as candle files
 * do are read; the rest is passed over and named.
 */
final class CandleSources {

  static final String EXPECTED = "CSV or JSON, plain, gz or zip";

  private static final int DEEPEST = 16;

  private static final Pattern DATA =
      Pattern.compile("(?i).*\\.(csv|tsv|json|jsonl|ndjson)(\\.gz)?");
  private static final Pattern DATA_OR_ZIP = Pattern.compile("(?i).*\\.zip|" + DATA.pattern());

  /** What an exchange publishes beside each archive, and what systems leave about. */
  private static final Pattern BESIDE =
      Pattern.compile("(?i)\\..*|.*\\.checksum|__macosx|thumbs\\.db|desktop\\.ini");

  private final List<CandleSource> sources = new ArrayList<>();
  private final List<String> passedOver = new ArrayList<>();

  private CandleSources() {}

  /**
   * Finds what there is to read; opens zips and directories, but no rows.
   *
   * @throws CandleFileException where there is nothing, or a zip or a directory cannot be read
   */
  static CandleSources at(List<Path> paths) {
    CandleSources found = new CandleSources();
    for (Path path : paths) {
      try {
        found.add(path);
      } catch (IOException | UncheckedIOException e) {
        throw new CandleFileException(
            path + " cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage(), e);
      }
    }
    return found;
  }

  /** Returns what there is to read, at least one. */
  List<CandleSource> sources() {
    return sources;
  }

  /** Returns the same, each said to be of a symbol. */
  CandleSources of(String symbol) {
    sources.replaceAll(source -> source.of(symbol));
    return this;
  }

  /** Returns the names of what was passed over. */
  List<String> passedOver() {
    return passedOver;
  }

  private void add(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      addDirectory(path);
    } else if (isZip(path)) {
      addZip(path);
    } else {
      addFile(path);
    }
  }

  private void addFile(Path path) {
    sources.add(
        new CandleSource(
            path.toString(),
            ArchiveName.of(String.valueOf(path.getFileName())),
            () -> Files.newInputStream(path)));
  }

  private void addDirectory(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory, DEEPEST)) {
      files =
          all.filter(
                  path ->
                      Files.isRegularFile(path) && !isBeside(directory.relativize(path).toString()))
              .sorted()
              .toList();
    }
    List<Path> others = new ArrayList<>();
    int before = sources.size();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      boolean candles =
          DATA_OR_ZIP.matcher(name).matches() && ArchiveName.of(name).series().isEmpty();
      if (candles) {
        add(file);
      } else {
        others.add(file);
      }
    }
    if (sources.size() == before) {
      // What one of the others is says more than that there is nothing.
      refuseWithoutCandles(directory, others);
    }
    others.forEach(other -> passedOver.add(other.toString()));
  }

  private static void refuseWithoutCandles(Path directory, List<Path> others) throws IOException {
    for (Path other : others) {
      try (InputStream bytes = InputFile.unpacked(Files.newInputStream(other))) {
        FileKind.foreign(other.toString(), InputFile.head(bytes, FileKind.HEAD), EXPECTED)
            .ifPresent(
                sentence -> {
                  throw new CandleFileException(sentence);
                });
      }
    }
    throw new CandleFileException(
        directory
            + " holds no candle file, expected "
            + EXPECTED
            + (others.isEmpty() ? "" : "; there is " + others.getFirst().getFileName()));
  }

  private static boolean isBeside(String path) {
    return Stream.of(path.split("[/\\\\]", -1)).anyMatch(part -> BESIDE.matcher(part).matches());
  }

  private static boolean isZip(Path path) throws IOException {
    try (InputStream bytes = Files.newInputStream(path)) {
      byte[] first = bytes.readNBytes(4);
      return first.length == 4 && new String(first, StandardCharsets.ISO_8859_1).equals("PK\3\4");
    }
  }

  private void addZip(Path path) throws IOException {
    List<String> others = new ArrayList<>();
    int before = sources.size();
    try (ZipFile zip = new ZipFile(path.toFile())) {
      zip.stream()
          .filter(entry -> !entry.isDirectory() && !isBeside(entry.getName()))
          .forEach(entry -> addEntry(path, entry, others));
    } catch (ZipException e) {
      throw new CandleFileException(
          path + " is a zip that breaks off or is damaged; download it again: " + e.getMessage(),
          e);
    }
    if (sources.size() == before) {
      throw new CandleFileException(withoutCandles(path, others));
    }
    others.forEach(other -> passedOver.add(path + "/" + other));
  }

  private void addEntry(Path path, ZipEntry entry, List<String> others) {
    String file = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
    ArchiveName name = ArchiveName.of(file);
    if (!DATA.matcher(file).matches() || !name.series().isEmpty()) {
      others.add(entry.getName());
      return;
    }
    if (name.symbol().isEmpty()) {
      name = ArchiveName.of(String.valueOf(path.getFileName()));
    }
    sources.add(
        new CandleSource(path + "/" + entry.getName(), name, () -> opened(path, entry.getName())));
  }

  private static String withoutCandles(Path path, List<String> others) {
    if (others.contains("[Content_Types].xml")) {
      boolean workbook = others.stream().anyMatch(name -> name.startsWith("xl/"));
      return path
          + (workbook ? " is an Excel workbook" : " is an Office document")
          + ", expected "
          + EXPECTED
          + "; convert it: save the sheet as CSV, UTF-8, with commas";
    }
    return path
        + " is a zip without a candle file in it, expected a .csv or .json"
        + (others.isEmpty() ? "; it is empty" : "; it holds " + others.getFirst())
        + (others.size() > 1 ? " and %d more".formatted(others.size() - 1) : "");
  }

  private static InputStream opened(Path path, String entry) throws IOException {
    ZipFile zip = new ZipFile(path.toFile());
    try {
      InputStream bytes = zip.getInputStream(zip.getEntry(entry));
      return new FilterInputStream(bytes) {
        @Override
        public void close() throws IOException {
          super.close();
          zip.close();
        }
      };
    } catch (IOException e) {
      zip.close();
      throw e;
    }
  }
}
