package io.quantumtrader.market;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a file is that is neither CSV nor JSON in UTF-8, told by its first bytes, and what to do
 * with it.
 */
final class FileKind {

  /** How many first bytes are looked at, at most. */
  static final int HEAD = 8192;

  private static final int TAR_MAGIC_AT = 257;

  private static final String PANDAS =
      "convert it: python3 -c \"import pandas; pandas.%s('%s').to_json('BTCUSDT-1m.json', orient='records')\""
          + " (named after its symbol)";

  /** A format by the bytes that it begins with. */
  private record Magic(String first, String what, String advice) {}

  private static final List<Magic> MAGIC =
      List.of(
          magic("PAR1", "a Parquet file", PANDAS.formatted("read_parquet", "%1$s")),
          magic("ARROW1", "a Feather (Arrow) file", PANDAS.formatted("read_feather", "%1$s")),
          magic("FEA1", "a Feather file", PANDAS.formatted("read_feather", "%1$s")),
          magic("\u0089HDF", "an HDF5 file", PANDAS.formatted("read_hdf", "%1$s")),
          magic(
              "SQLite format 3",
              "an SQLite database",
              "convert it: sqlite3 -header -csv '%s' 'SELECT ...'"),
          magic("BZh", "a bzip2 file", "convert it: bunzip2 -k '%s'"),
          magic("\u00fd7zXZ", "an xz file", "convert it: unxz -k '%s'"),
          magic("(\u00b5/\u00fd", "a Zstandard file", "convert it: unzstd '%s'"),
          magic("7z\u00bc\u00af", "a 7z archive", "convert it: 7z x '%s'"),
          magic("Rar!", "a RAR archive", "convert it: unrar x '%s'"),
          magic("%PDF", "a PDF document", "convert it: export the rows as CSV"),
          magic(
              "\u00d0\u00cf\u0011\u00e0",
              "an old Excel workbook",
              "convert it: save the sheet as CSV, UTF-8, with commas"),
          magic("PK\3\4", "a zip within another archive", "convert it: unzip '%s'"),
          magic("PK\5\6", "a zip with nothing in it", "download it again"),
          magic(
              "version https://git-lfs",
              "a Git LFS pointer and not the file itself",
              "git lfs pull"));

  private FileKind() {}

  private static Magic magic(String first, String what, String advice) {
    return new Magic(first, what, advice);
  }

  /**
   * Returns one sentence that says what a file is and how to convert it; empty for what may be text
   * in UTF-8.
   *
   * @param name the file, for the sentence
   * @param head its first bytes, {@value #HEAD} where it has as many
   * @param expected what it should be instead
   */
  static Optional<String> foreign(String name, byte[] head, String expected) {
    return MAGIC.stream()
        .filter(magic -> startsWith(head, magic.first.getBytes(StandardCharsets.ISO_8859_1)))
        .findFirst()
        .map(magic -> sentence(name, magic.what, expected, magic.advice.formatted(name)))
        .or(
            () ->
                tar(head)
                    .map(
                        what ->
                            sentence(name, what, expected, "convert it: tar xf '" + name + "'")))
        .or(() -> encoding(head).map(from -> encoded(name, from, expected)))
        .or(() -> markup(head).map(what -> sentence(name, what, expected, "download it again")))
        .or(
            () ->
                hasZero(head)
                    ? Optional.of(name + " is no text, expected " + expected)
                    : Optional.empty());
  }

  private static String sentence(String name, String what, String expected, String advice) {
    return name + " is " + what + ", expected " + expected + "; " + advice;
  }

  private static String encoded(String name, String from, String expected) {
    return sentence(
        name,
        from + " text",
        expected + " in UTF-8",
        "convert it: iconv -f %s -t UTF-8 '%s' > candles.csv".formatted(from, name));
  }

  private static Optional<String> tar(byte[] head) {
    boolean tar =
        head.length > TAR_MAGIC_AT + 5
            && new String(head, TAR_MAGIC_AT, 5, StandardCharsets.ISO_8859_1).equals("ustar");
    return tar ? Optional.of("a tar archive") : Optional.empty();
  }

  // With its mark, or without: text of Latin letters then has a zero in every second byte.
  private static Optional<String> encoding(byte[] head) {
    if (startsWith(head, new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 0})
        || startsWith(head, new byte[] {0, 0, (byte) 0xFE, (byte) 0xFF})) {
      return Optional.of("UTF-32");
    }
    if (startsWith(head, new byte[] {(byte) 0xFF, (byte) 0xFE})
        || startsWith(head, new byte[] {(byte) 0xFE, (byte) 0xFF})) {
      return Optional.of("UTF-16");
    }
    int pairs = Math.min(head.length, 64) / 2;
    int highZeros = 0;
    int lowZeros = 0;
    for (int i = 0; i < pairs; i++) {
      highZeros += head[2 * i] == 0 ? 1 : 0;
      lowZeros += head[2 * i + 1] == 0 ? 1 : 0;
    }
    if (pairs >= 8 && lowZeros == pairs && highZeros == 0) {
      return Optional.of("UTF-16LE");
    }
    return pairs >= 8 && highZeros == pairs && lowZeros == 0
        ? Optional.of("UTF-16BE")
        : Optional.empty();
  }

  private static Optional<String> markup(byte[] head) {
    String text =
        new String(head, StandardCharsets.UTF_8)
            .replace("\uFEFF", "")
            .stripLeading()
            .toLowerCase(Locale.ROOT);
    if (!text.startsWith("<")) {
      return Optional.empty();
    }
    boolean html = text.startsWith("<!doctype html") || text.contains("<html");
    return Optional.of(
        html ? "an HTML page, perhaps a login or an error page" : "XML, perhaps an error message");
  }

  private static boolean hasZero(byte[] head) {
    for (byte each : head) {
      if (each == 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] head, byte[] first) {
    return head.length >= first.length
        && Arrays.equals(head, 0, first.length, first, 0, first.length);
  }
}
