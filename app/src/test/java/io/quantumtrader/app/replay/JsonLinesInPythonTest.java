package io.quantumtrader.app.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON lines of a recording, as people read them who have a Python at hand. */
@Tag("real")
final class JsonLinesInPythonTest {

  private static final String SCRIPT =
      """
      import decimal, glob, json, sys
      rows = [json.loads(line) for file in sorted(glob.glob(sys.argv[1] + '/*.jsonl'))
              for line in open(file, encoding='utf-8')]
      print(sum(decimal.Decimal(row['value']['high']) for row in rows if row['value']))
      """;

  @TempDir private Path directory;

  @Test
  void shouldLoseNoDigit() throws Exception {
    try (JsonLinesFiles files = new JsonLinesFiles(directory)) {
      for (int day = 0; day < 2; day++) {
        long atMs = JsonLinesFilesTest.MIDNIGHT - day;
        files.write(
            JsonLinesFilesTest.record(Topic.CANDLE, day, atMs, JsonLinesFilesTest.candle(), null));
      }
      assertThat(files.finish()).hasSize(2);
    }
    String candles = directory.resolve("quantum.market.candle").toString();
    Process python;
    try {
      python =
          new ProcessBuilder(List.of("python3", "-c", SCRIPT, candles))
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeThat(false).as("there is no python3").isTrue();
      return;
    }
    String said = new String(python.getInputStream().readAllBytes(), UTF_8);
    assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said.strip()).isEqualTo("246913578024691356.246913578");
  }
}
