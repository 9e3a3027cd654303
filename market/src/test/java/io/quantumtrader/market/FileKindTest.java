package io.quantumtrader.market;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no candle file is named for what it is, in one line, with what to do. */
final class FileKindTest {

  private static final String CANDLES =
      "open_time_ms,symbol,open,high,low,close,volume\n1763510400000,BTCUSDT,1,1,1,1,1\n";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PAR1\\025 | Parquet | read_parquet('",
        "ARROW1\\000\\000 | Feather (Arrow) | read_feather('",
        "\\211HDF\\r\\n | HDF5 | read_hdf('",
        "SQLite format 3\\000 | SQLite | sqlite3",
        "BZh91AY | bzip2 | bunzip2 -k '",
        "\\3757zXZ\\000 | xz | unxz -k '",
        "\\050\\265\\057\\375 | Zstandard | unzstd '",
        "%PDF-1.7 | PDF | export the rows as CSV",
        "\\320\\317\\021\\340 | old Excel workbook | save the sheet as CSV",
        "<!DOCTYPE html><p>Sign in | HTML page | download it again",
        "  <html><body>404 | HTML page | download it again",
        "<?xml version='1.0'?><Error><Code>NoSuchKey | XML | download it again",
        "version https://git-lfs.github.com/spec/v1 | Git LFS pointer | git lfs pull",
        "PK\\005\\006\\000 | zip with nothing in it | download it again",
        "abc\\000\\001 | no text | expected CSV or JSON",
      })
  void shouldNameWhatAFileIs(String first, String what, String advice) throws IOException {
    byte[] bytes = first.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);

    expectRefusal(Files.write(directory.resolve("candles.csv"), bytes), what, advice);
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-16, UTF-16", // with its mark
    "UTF-16LE, UTF-16LE",
    "UTF-16BE, UTF-16BE",
  })
  void shouldNameAnotherEncodingAndHowToConvertIt(String charset, String named) throws IOException {
    Path file =
        Files.write(directory.resolve("candles.csv"), CANDLES.getBytes(Charset.forName(charset)));

    expectRefusal(
        file, "is " + named + " text", "iconv -f " + named + " -t UTF-8 '" + file + "' > ");
  }

  @Test
  void shouldNameWhatIsInAZipOrADirectoryWithoutCandles() throws IOException {
    expectRefusal(zip("a.zip", "readme.txt", "more.md"), "it holds readme.txt and 1 more", "zip");
    expectRefusal(
        zip("a.xlsx", "[Content_Types].xml", "xl/workbook.xml"),
        "is an Excel workbook",
        "save the sheet as CSV");
    Path files = Files.createDirectories(directory.resolve("files"));
    expectRefusal(files, "holds no candle file", "CSV or JSON");
    Files.writeString(files.resolve("BTCUSDT-1m.parquet"), "PAR1");
    expectRefusal(files, "BTCUSDT-1m.parquet is a Parquet file", "convert it");
  }

  @Test
  void shouldNameADamagedZipAndAnEmptyFile() throws IOException {
    Path zip = zip("a.zip", "BTCUSDT-1m.csv");
    byte[] bytes = Files.readAllBytes(zip);
    Files.write(zip, java.util.Arrays.copyOf(bytes, bytes.length - 10));

    expectRefusal(zip, "breaks off or is damaged", "download it again");
    expectRefusal(Files.createFile(directory.resolve("none.csv")), "is empty", "open_time_ms");
  }

  private static void expectRefusal(Path file, String what, String advice) {
    assertThatThrownBy(() -> CandleFile.read(file))
        .isInstanceOf(CandleFileException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(what)
        .hasMessageContaining(advice)
        .hasMessageNotContaining("\n");
  }

  private Path zip(String name, String... entries) throws IOException {
    Path file = directory.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String entry : entries) {
        out.putNextEntry(new ZipEntry(entry));
        out.write(CANDLES.getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }
}
